package main

import (
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
)

// newReviewDecideCmd is `dusach review decide`.
func newReviewDecideCmd() *cobra.Command {
	var by, why string
	cmd := &cobra.Command{
		Use:   "decide FORM FORM same|different --store STORE",
		Short: "Say that two forms are one citizen, or that they are two",
		Long: `decide writes a decision into the ledger of the store. It is followed from the next
clean or live on. The ledger keeps form ids and no personal data: leave names and
numbers out of --why.`,
		Example: `  dusach review decide HN-000123 HN-004567 different --store out --why "anh em sinh đôi"`,
		Args:    cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			same, decided, err := review.ParseAnswer(args[2])
			if err != nil || !decided {
				return &usageError{say.Errorf("%q: viết same (cùng người) hoặc different (khác người)", "%q: write same or different", args[2])}
			}
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			if _, err := formsOf(cmd.Context(), s, args[0], args[1]); err != nil {
				return err
			}
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			d := review.Decision{A: args[0], B: args[1], Same: same, By: reviewer(by), At: now(), Why: why}
			return writeDecisions(cmd, store, []review.Decision{d}, 0)
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who decides (default: the user of this machine)")
	cmd.Flags().StringVar(&why, "why", "", "why, without personal data")
	return cmd
}

// reviewer is who decides where nobody is named.
func reviewer(by string) string {
	if by != "" {
		return by
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

// now is when a decision is made. It is kept with it; nothing depends on it.
func now() string { return time.Now().UTC().Format(time.RFC3339) }

// writeDecisions appends decisions and says what they come to.
func writeDecisions(cmd *cobra.Command, store string, list []review.Decision, unsure int) error {
	added, err := review.Append(store, list)
	if err != nil {
		return err
	}
	ledger, err := review.Read(store)
	if err != nil {
		return err
	}
	fresh := func(d review.Decision) bool { return len(added) > 0 && d.Number >= added[0].Number }
	v := ledger.Resolve()
	m := newMessages(cmd)
	for _, c := range v.Contradicted {
		if fresh(c.Same) || fresh(c.Apart) {
			m.warn(say.Errorf("số %d (%s, %s: cùng người) không được theo: trái với số %d (%s, %s: khác người)", "number %d (%s, %s: one citizen) is not followed: number %d is against it (%s, %s: two citizens)",
				c.Same.Number, c.Same.A, c.Same.B, c.Apart.Number, c.Apart.A, c.Apart.B))
		}
	}
	overruled := 0
	for _, d := range v.Overruled {
		for _, a := range added {
			if a.A == d.A && a.B == d.B && a.Same != d.Same {
				overruled++
				break
			}
		}
	}
	if asJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, d := range added {
			if err := out.Encode(d); err != nil {
				return err
			}
		}
		return nil
	}
	word := func(vi, en string) string { return choose([2]string{vi, en}, language(cmd)) }
	var b strings.Builder
	fmt.Fprintf(&b, word("Đã ghi %d quyết định", "%d decisions written"), len(added))
	if unsure > 0 {
		fmt.Fprintf(&b, word(", %d dòng chưa trả lời", ", %d rows without an answer"), unsure)
	}
	if overruled > 0 {
		fmt.Fprintf(&b, word(", %d quyết định trước bị thay", ", %d earlier ones overruled"), overruled)
	}
	fmt.Fprintf(&b, word(".\nÁp dụng ngay: dusach clean --out %s\n", ".\nFollow them now: dusach clean --out %s\n"), store)
	_, err = cmd.OutOrStdout().Write([]byte(b.String()))
	return err
}

// newReviewImportCmd is `dusach review import`.
func newReviewImportCmd() *cobra.Command {
	var by string
	var skip bool
	cmd := &cobra.Command{
		Use:     "import FILE --store STORE",
		Aliases: []string{"apply"},
		Short:   "Read people's answers from a sheet",
		Long: `import reads a sheet (CSV, XLSX, JSON Lines) that has a column form_a, a column form_b
and a column answer: same or different, "cùng" or "khác"; a row without an answer
is left for later. Columns why and by are kept. review sample writes such sheets.

A row that cannot be read is named, and then nothing is imported at all, unless
--skip-bad says to leave such rows out.`,
		Example: "  dusach review import judge.xlsx --store out --by Lan",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := storeOf(cmd, nil)
			if err != nil {
				return err
			}
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			if err := checkInputs(args); err != nil {
				return err
			}
			a, err := review.ReadAnswers(cmd.Context(), args[0], intake.Options{Stdin: stdin(cmd)})
			if err != nil {
				return err
			}
			if err := a.Twice(); err != nil {
				return err
			}
			if err := known(cmd, s, a); err != nil {
				return err
			}
			if err := badRows(cmd, a, skip); err != nil {
				return err
			}
			at := now()
			for i := range a.List {
				d := &a.List[i]
				if d.At = at; d.By == "" {
					d.By = reviewer(by)
				}
			}
			if len(a.List) == 0 {
				return say.Errorf("không có câu trả lời nào trong tệp (%d dòng để trống)", "there is no answer in the file (%d rows are empty)", a.Unsure)
			}
			return writeDecisions(cmd, store, a.List, a.Unsure)
		},
	}
	cmd.Flags().StringVar(&by, "by", "", "who answered, where the sheet does not say (default: the user of this machine)")
	cmd.Flags().BoolVar(&skip, "skip-bad", false, "leave rows out that cannot be read")
	return cmd
}

// known moves answers on forms that the store does not hold to the bad rows: a slip
// in an id is not to wait in the ledger for a form that never comes.
func known(cmd *cobra.Command, s *lookup.Store, a *review.Answers) error {
	var ids []string
	for _, d := range a.List {
		ids = append(ids, d.A, d.B)
	}
	of, _, err := s.Persons(cmd.Context(), ids)
	if err != nil {
		return err
	}
	kept := a.List[:0]
	for i, d := range a.List {
		missing := ""
		for _, id := range []string{d.A, d.B} {
			if of[id] == "" {
				missing = id
			}
		}
		if missing == "" {
			a.Rows[len(kept)] = a.Rows[i]
			kept = append(kept, d)
			continue
		}
		a.Bad = append(a.Bad, review.BadRow{Row: a.Rows[i], Err: say.Errorf("kho không có phiếu %s", "the store has no form %s", missing)})
	}
	a.List = kept
	return nil
}

// badRowsShown is how many bad rows are named.
const badRowsShown = 10

func badRows(cmd *cobra.Command, a *review.Answers, skip bool) error {
	m := newMessages(cmd)
	for _, r := range a.Bad[:min(len(a.Bad), badRowsShown)] {
		m.warn(say.Errorf("dòng %d: %w", "row %d: %w", r.Row, r.Err))
	}
	if len(a.Bad) == 0 || skip {
		return nil
	}
	return say.Errorf("%d dòng không dùng được, chưa ghi gì: hãy sửa, hoặc thêm --skip-bad để bỏ qua", "%d rows cannot be used, nothing was written: mend them, or leave them out with --skip-bad", len(a.Bad))
}
