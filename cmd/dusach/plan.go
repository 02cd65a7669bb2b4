package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// newPlanCmd is `dusach plan`: what a clean would find and cost.
func newPlanCmd() *cobra.Command {
	var job pipeline.PlanJob
	var modelFile, configFile, sizeClass string
	var suggests bool
	cmd := &cobra.Command{
		Use:   "plan INPUT...",
		Short: "Say what a clean would find and cost, before it is run",
		Long: `plan reads all of INPUT, cleans a sample of its rows into a scratch folder that
is removed again, and reckons what clean would take: candidate pairs of each
blocking rule, processor and wall time, memory, disk. Nothing is published.

Whether a row is in the sample depends on its content alone. A pair is in the
sample if both its rows are, so that counts of pairs are scaled by the square;
the band holds two standard errors of drawing a sample. Times are those of this
machine, as busy as it was.

It also says what recall costs: a rule refines a key that the frozen tables call
too common, and plan counts the pairs of the sample that this leaves out, and how
many of them the model would have called one person.

--suggest tries blocking rules on the sample instead, and prints those that bring the
most pairs that look like one for the fewest that do not: YAML for a file that
--config names. For another record type its own rules are the beginning.`,
		Example: "  dusach plan fixtures/sample\n  dusach plan people.csv --config people.yaml --suggest\n  dusach plan 'ward-*.xlsx' --sample 50000 --lang en",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if job.Sample < 0 {
				return &usageError{say.Errorf("--sample %d: dùng 0 (tất cả) hoặc số lớn hơn", "--sample %d: use 0 (all) or a number above", job.Sample)}
			}
			cfg, err := configFor(cmd, configFile, modelFile, sizeClass)
			if err != nil {
				return err
			}
			if err := checkInputs(args); err != nil {
				return err
			}
			job.Inputs, job.Version = args, version()
			if suggests {
				return suggest(cmd, cfg, job)
			}
			return plan(cmd, cfg, job)
		},
	}
	f := cmd.Flags()
	f.StringVar(&configFile, "config", "", "a `FILE` that describes another record type, or changes the form's: see dusach config --help")
	f.StringVar(&modelFile, "model", "", "a trained model (default: the one that comes with dusach)")
	f.StringVar(&sizeClass, "size-class", "province", "province (up to 20 million forms) or nation (up to 120 million)")
	f.IntVar(&job.Sample, "sample", 200_000, "rows to clean at most; 0: all (--suggest: 30000)")
	f.BoolVar(&suggests, "suggest", false, "suggest blocking rules from the data")
	return cmd
}

func plan(cmd *cobra.Command, cfg pipeline.Config, job pipeline.PlanJob) error {
	if tmp, _ := cmd.Flags().GetString("tmp"); tmp != "" {
		cfg.Tmp = tmp
	}
	progress := newProgress(cmd)
	p, err := pipeline.New(cfg).Plan(cmd.Context(), job, progress)
	progress.finish()
	if err != nil {
		return err
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(p)
	}
	return printPlan(cmd.OutOrStdout(), p, cfg.Schema().IsForm(), language(cmd))
}
