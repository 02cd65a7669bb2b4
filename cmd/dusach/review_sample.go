package main

import (
	"bufio"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/export"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
)

// newReviewSampleCmd is `dusach review sample`.
func newReviewSampleCmd() *cobra.Command {
	var n int
	var seed uint64
	var file string
	cmd := &cobra.Command{
		Use:   "sample --store STORE --out FILE",
		Short: "Draw pairs for people to judge, as a sheet",
		Long: `sample draws pairs of the published snapshot: forms that were merged, more of them
where the model is less sure, and pairs that wait. The sheet shows both forms of a
pair side by side, in an order that does not betray which are which, and has empty
columns for the answer. Which pairs are drawn depends on the snapshot, --pairs and
--seed alone. Judge all of them: review bound takes a merge without an answer for
a wrong one.

The sheet holds personal data in full, and only its owner may read it.`,
		Example: "  dusach review sample --store out --out judge.xlsx\n  dusach review sample --store out --pairs 600 --seed 2 --out judge.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			format := strings.TrimPrefix(strings.ToLower(filepath.Ext(file)), ".")
			if format != "csv" && format != "xlsx" {
				return &usageError{say.Errorf("--out %s: chọn tệp .csv hoặc .xlsx", "--out %s: name a .csv or .xlsx file", file)}
			}
			if n < 50 || n > 100_000 {
				return &usageError{say.Errorf("--pairs %d: dùng số từ 50 đến 100000", "--pairs %d: use a number from 50 to 100000", n)}
			}
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			m := s.Snapshot().Manifest
			sample := &review.Sample{Name: review.SampleName(m.Snapshot, n, seed), Snapshot: m.Snapshot, Epoch: m.Epoch, Forms: m.Counts.Forms}
			if err := sample.Draw(review.Pairs(cmd.Context(), s.Snapshot()), m.Epoch.MatchWeight, n, seed); err != nil {
				return err
			}
			pairs := sample.Pairs()
			if len(pairs) == 0 {
				return say.Errorf("bản chụp %s không gộp phiếu nào và không có cặp nào chờ: không có gì để xem", "snapshot %s merges no forms and no pair waits: there is nothing to judge", m.Snapshot)
			}
			forms, err := formsByID(cmd, s, pairs)
			if err != nil {
				return err
			}
			if err := writeSheet(file, format, s.Snapshot().Schema, pairs, forms, language(cmd)); err != nil {
				return err
			}
			if err := sample.Keep(store); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), choose([2]string{"Mẫu %s: %d cặp trong %s. Điền cột answer (cùng hoặc khác), rồi: dusach review import %s --store %s\n",
				"Sample %s: %d pairs in %s. Fill in the column answer (same or different), then: dusach review import %s --store %s\n"}, language(cmd)), sample.Name, len(pairs), file, file, store)
			return err
		},
	}
	cmd.Flags().IntVar(&n, "pairs", 400, "how many pairs, about")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another seed draws other pairs")
	cmd.Flags().StringVarP(&file, "out", "o", "", "the sheet to write: a .csv or .xlsx file")
	require(cmd, "out")
	return cmd
}

func formsByID(cmd *cobra.Command, s *lookup.Store, pairs [][2]string) (map[string]lookup.Form, error) {
	var ids []string
	for _, p := range pairs {
		ids = append(ids, p[0], p[1])
	}
	return s.Gather(cmd.Context(), ids)
}

// writeSheet writes pairs side by side: the columns of an answer, then each field of
// both forms, as far as any form has it.
func writeSheet(name, format string, schema *record.Schema, pairs [][2]string, forms map[string]lookup.Form, lang string) error {
	var fields []record.Field
	for f := range schema.Fields {
		if record.Field(f) == schema.Key {
			continue
		}
		for _, form := range forms {
			if shortValue(schema, record.Field(f), form.Values) != "" {
				fields = append(fields, record.Field(f))
				break
			}
		}
	}
	header := []string{review.ColumnA, review.ColumnB, review.Answer, review.Why, review.By, "≠"}
	for _, f := range fields {
		caption := fieldCaption(schema, f, lang)
		header = append(header, caption+" A", caption+" B")
	}
	file, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o600))
	if err != nil {
		return say.Errorf("ghi %s: %w", "writing %s: %w", name, err)
	}
	defer func() { _ = file.Cleanup() }() // nothing is left of it once it is in its place
	out := bufio.NewWriter(file)
	if _, err = export.WriteSheet(out, format, "review", true, header, sheetRows(schema, fields, pairs, forms, lang)); err != nil {
		return err
	}
	if err := errors.Join(out.Flush(), file.CloseAtomicallyReplace()); err != nil {
		return say.Errorf("ghi %s: %w", "writing %s: %w", name, err)
	}
	return nil
}

func sheetRows(schema *record.Schema, fields []record.Field, pairs [][2]string, forms map[string]lookup.Form, lang string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, p := range pairs {
			row := []string{p[0], p[1], "", "", ""}
			var differs, cells []string
			for _, f := range fields {
				a, b := shortValue(schema, f, forms[p[0]].Values), shortValue(schema, f, forms[p[1]].Values)
				if a != b && a != "" && b != "" && !schema.Fields[f].Sheet {
					differs = append(differs, fieldCaption(schema, f, lang))
				}
				cells = append(cells, a, b)
			}
			if !yield(append(append(row, strings.Join(differs, ", ")), cells...)) {
				return
			}
		}
	}
}

// newReviewBoundCmd is `dusach review bound`.
func newReviewBoundCmd() *cobra.Command {
	var most float64
	cmd := &cobra.Command{
		Use:   "bound [SAMPLE] --store STORE",
		Short: "Say from the answers how many merges are wrong at most",
		Long: `bound counts the answers to a sample, by default the latest, and states how many pairs
of forms of the snapshot are merged wrongly at most, with 95 % confidence: a sample
as good as this one is drawn in at most 5 of 100 audits of a snapshot that has more.
The bound holds however the wrong merges are spread over the strata.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			name, err := sampleName(store, args)
			if err != nil {
				return err
			}
			sample, err := review.ReadSample(store, name)
			if err != nil {
				return err
			}
			ledger, err := review.Read(store)
			if err != nil {
				return err
			}
			a := sample.Audit(ledger)
			if err := printAudit(cmd, a); err != nil {
				return err
			}
			if cmd.Flags().Changed("max-wrong-merges") && a.PerMillion > most {
				return &gateError{say.Errorf("gộp nhầm có thể tới %.0f cặp trên một triệu phiếu, giới hạn đã đặt là %.0f", "up to %.0f pairs per million forms may be merged wrongly, the limit is %.0f", a.PerMillion, most)}
			}
			return nil
		},
	}
	cmd.Flags().Float64Var(&most, "max-wrong-merges", 0, "exit with 3 where more than `N` pairs per million forms may be merged wrongly")
	return cmd
}

func sampleName(store string, args []string) (string, error) {
	if len(args) > 0 {
		return args[0], nil
	}
	names, err := review.Samples(store)
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", say.Errorf("kho chưa có mẫu nào: lấy mẫu bằng dusach review sample", "the store has no sample yet: draw one with dusach review sample")
	}
	return names[len(names)-1], nil
}

// strataWords say what a stratum is.
var strataWords = map[string][2]string{
	"joined": {"gộp qua phiếu khác", "merged by way of other forms"},
	"barely": {"gộp, dưới 2 bit trên ngưỡng", "merged, less than 2 bits above the threshold"},
	"fair":   {"gộp, 2 đến 4 bit", "merged, 2 to 4 bits"}, "good": {"gộp, 4 đến 8 bit", "merged, 4 to 8 bits"},
	"sure": {"gộp, 8 đến 16 bit", "merged, 8 to 16 bits"}, "surest": {"gộp, từ 16 bit", "merged, 16 bits and more"},
	"waiting": {"đang chờ người xem", "waits for a person"},
}

func printAudit(cmd *cobra.Command, a *review.Audit) error {
	if asJSON(cmd) {
		return newLines(cmd.OutOrStdout()).Encode(a)
	}
	lang := language(cmd)
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	number := func(n int) string { return pipeline.Number(int64(n), lang) }
	g := grid{right: []bool{false, true, true, true, true}}
	g.add(word("Mẫu ", "Sample ")+a.Sample, word("cặp", "pairs"), word("đã lấy", "drawn"), word("đã trả lời", "answered"), word("khác người", "two citizens"))
	for _, s := range a.Strata {
		g.add(choose(strataWords[s.Stratum], lang), number(s.Size), number(s.Drawn), number(s.Answered), number(s.Apart))
	}
	var b strings.Builder
	g.write(&b)
	b.WriteByte('\n')
	if a.Missing > 0 {
		fmt.Fprintf(&b, word("%s cặp đã gộp chưa có câu trả lời và bị tính là gộp nhầm: hãy trả lời hết để có con số đúng nghĩa.\n",
			"%s merged pairs have no answer yet and count as wrong: answer them all for a figure that means something.\n"), number(a.Missing))
	}
	fmt.Fprintf(&b, word("Với độ tin cậy 95 %%, không quá %s cặp bị gộp nhầm: %s trên một triệu phiếu (ước lượng: %s cặp).\n",
		"With 95 %% confidence at most %s pairs are merged wrongly: %s per million forms (estimate: %s pairs).\n"),
		pipeline.Number(int64(a.Wrong+.999), lang), pipeline.Number(int64(a.PerMillion+.999), lang), pipeline.Number(int64(a.Estimate+.5), lang))
	_, err := cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

// newReviewLabelsCmd is `dusach review labels`.
func newReviewLabelsCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "labels --store STORE",
		Short: "Print what was decided as labels for dusach train",
		Long: `labels prints the columns form_id and person_id of every form that a decision is
about, and of the other forms of those citizens, as the published snapshot has
them: what dusach train --labels learns from. Clean after deciding, before this.`,
		Example: "  dusach review labels --store out > labels.csv\n  dusach train forms.csv --labels labels.csv --out model.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			ledger, err := review.Read(store)
			if err != nil {
				return err
			}
			if r := s.Snapshot().Manifest.Reviews; len(ledger.List) == 0 || r == nil || r.Hash != ledger.Head() {
				return say.Errorf("bản chụp %s chưa theo mọi quyết định: chạy dusach clean --out %s trước", "snapshot %s does not follow all decisions: run dusach clean --out %s first", s.Snapshot().Number, store)
			}
			var ids []string
			for _, d := range ledger.List {
				if d.Erased == 0 {
					ids = append(ids, d.A, d.B)
				}
			}
			of, _, err := s.Persons(cmd.Context(), ids)
			if err != nil {
				return err
			}
			persons := map[string]bool{}
			for _, p := range of {
				persons[p] = true
			}
			var broken error
			_, err = export.WriteSheet(cmd.OutOrStdout(), "csv", "labels", false, []string{"form_id", "person_id"}, s.FormsOf(cmd.Context(), persons, &broken))
			return errors.Join(err, broken)
		},
	}
}
