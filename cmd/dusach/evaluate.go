package main

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/evaluate"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// newEvaluateCmd is `dusach evaluate`: how well a store found the persons.
func newEvaluateCmd() *cobra.Command {
	var truth string
	cmd := &cobra.Command{
		Use:   "evaluate STORE",
		Short: "Measure a store against the truth",
		Long: `Evaluate compares the published snapshot of STORE with a truth file (CSV, also
.gz or .zst, or Parquet; columns form_id, person_id and, if known, malformed and
process) and prints precision, recall and F1 of the citizens, wrong pairs and
merges per million forms, recall by the way in which forms differ, the kinds of
wrong pairs, what clerical review adds, thresholds, and what became of malformed
rows. A truth that tells of a share of the persons only (column share, as
generate --truth-sample writes it) serves too: a pair with a person outside of
it is wrong and counts half.`,
		Args:    cobra.ExactArgs(1),
		Example: "  dusach evaluate out --truth truth.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if truth == "" {
				return &usageError{say.Errorf("thiếu --truth: hãy cho tệp nói phiếu nào của ai", "--truth is missing: name the file that says who is who")}
			}
			store, err := snapshot.Open(args[0], "")
			if err != nil {
				return err
			}
			known, err := evaluate.ReadTruth(truth)
			if err != nil {
				return err
			}
			result, err := evaluate.Evaluate(cmd.Context(), store, known)
			if err != nil {
				return err
			}
			if asJSON, _ := cmd.Flags().GetBool("json"); asJSON {
				out := json.NewEncoder(cmd.OutOrStdout())
				out.SetIndent("", "  ")
				return out.Encode(result)
			}
			lang, _ := cmd.Flags().GetString("lang")
			return result.Print(cmd.OutOrStdout(), lang)
		},
	}
	cmd.Flags().StringVar(&truth, "truth", "", "the truth `FILE` (required)")
	return cmd
}
