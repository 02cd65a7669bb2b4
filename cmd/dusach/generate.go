package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/fixtures/corpus"
)

// newGenerateCmd is `dusach generate`: invented forms with their truth.
func newGenerateCmd() *cobra.Command {
	o := corpus.Defaults()
	var out, truth, mix string
	rates := map[string]*float64{}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write invented forms and the truth about them",
		Long: `Generate writes a corpus of invented forms, and for each of them who the person
is (truth columns form_id, person_id, malformed, process). The same flags give
the same bytes, whatever the number of workers.

The extension of --out says the format: .csv or .jsonl, each also .gz or .zst,
or .parquet. --mix names what happens to further copies of a person (` + strings.Join(corpus.PresetNames(), ", ") + `)
or a file with lines "process weight"; --rate-PROCESS sets one weight, 0
switches the process off.`,
		Args:    cobra.NoArgs,
		Example: "  dusach generate --forms 1000000 --seed 7 --hard 2 --out forms.csv --truth truth.csv",
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if o.Mix, err = readMix(mix); err != nil {
				return &usageError{err}
			}
			for name, x := range rates {
				if cmd.Flags().Changed("rate-" + name) {
					if err := o.Mix.Set(name, *x); err != nil {
						return &usageError{err}
					}
				}
			}
			o.Workers, _ = cmd.Flags().GetInt("workers")
			if err := errors.Join(o.Validate(), corpus.CheckNames(out, truth)); err != nil {
				return &usageError{err}
			}
			stats, err := corpus.WriteFiles(cmd.Context(), o, out, truth)
			if err != nil {
				return err
			}
			return printGenerated(cmd, stats, out, truth)
		},
	}
	f := cmd.Flags()
	f.Int64Var(&o.Forms, "forms", o.Forms, "rows to write")
	f.Uint64Var(&o.Seed, "seed", o.Seed, "another seed gives other people")
	f.IntVar(&o.Hard, "hard", o.Hard, "1 easy, 2 as offices send it, 3 hard")
	f.Float64Var(&o.Copies, "copies", o.Copies, "share of forms that are further copies of a person")
	f.Float64Var(&o.Malformed, "malformed", o.Malformed, "share of malformed rows")
	f.IntVar(&o.Communes, "communes", 0, "crowd the people into so many communes of few provinces; 0: thinly all over the country")
	f.Uint64Var(&o.Habits, "habits", 0, "draw other habits of offices and families than the presets have: another number, other habits")
	f.Float64Var(&o.Sample, "truth-sample", 1, "share of persons that the truth tells of; evaluate measures on these")
	f.StringVar(&mix, "mix", "typical", "what happens to copies: a name or a file")
	f.StringVar(&out, "out", "", "file for the forms (required)")
	f.StringVar(&truth, "truth", "", "file for the truth, .csv or .parquet")
	for i := range corpus.Processes {
		p := &corpus.Processes[i]
		rates[p.Name] = f.Float64("rate-"+p.Name, 0, "weight of "+p.Name+": "+p.About)
	}
	require(cmd, "out")
	return cmd
}

// readMix returns a named mix, or the one in a file of lines "process weight";
// processes that the file does not name do not occur.
func readMix(name string) (corpus.Mix, error) {
	preset, unknown := corpus.Preset(name)
	if unknown == nil {
		return preset, nil
	}
	b, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return preset, unknown
	}
	if err != nil {
		return preset, fmt.Errorf("reading the mix: %w", err)
	}
	var m corpus.Mix
	for i, line := range strings.Split(string(b), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		process, weight, _ := strings.Cut(line, " ")
		x, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		if err == nil {
			err = m.Set(process, x)
		}
		if err != nil {
			return m, fmt.Errorf("%s:%d: a line must be \"process weight\": %w", name, i+1, err)
		}
	}
	return m, nil
}

func printGenerated(cmd *cobra.Command, s corpus.Stats, out, truth string) error {
	w := cmd.OutOrStdout()
	if j := cmd.Flag("json"); j != nil && j.Value.String() == "true" {
		return json.NewEncoder(w).Encode(s)
	}
	_, err := fmt.Fprintf(w, "%d forms of %d people, %d of them further copies, %d malformed\nforms: %s\n", s.Forms, s.People+s.Malformed, s.Copies, s.Malformed, out)
	if err == nil && truth != "" {
		_, err = fmt.Fprintf(w, "truth: %s\n", truth)
	}
	return err
}
