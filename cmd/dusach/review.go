package main

import (
	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/say"
)

// newReviewCmd is `dusach review`: what people decide about pairs of forms.
func newReviewCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Decide by hand who is who, and bound the wrong merges",
		Long: `review is where people decide. A decision says of two forms that they are one
citizen, or that they are two, who said so, when and why. It stands in
STORE/reviews, line after line, each chained to the one before by its hash, and is
followed by every clean and live from then on, whoever the forms are merged with.
A decision changes the citizens that its two forms are near, and nobody else. The
latest decision on a pair counts, so a slip is mended by deciding again. To follow
new decisions at once: dusach clean --out STORE, without input.

How sure is it? review sample draws pairs for people to judge, of merges and of pairs
that wait, more where the model is less sure. review import reads their answers,
and review bound says how many merges are wrong at most, with 95 % confidence.
clean --max-wrong-merges N then publishes nothing and ends with 3 where that bound,
for the merges of the run at hand, lies above N pairs per million forms. As long as
no sample of the same model and rules has all its answers, the 95 % quantile of
what the model itself expects is compared with N.`,
		Example: `  dusach review list --store out
  dusach review decide HN-000123 HN-004567 same --store out --why "cùng sổ hộ khẩu"
  dusach review sample --store out --out judge.xlsx
  dusach review import judge.xlsx --store out
  dusach review bound --store out`,
		Args: reviewCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().String("store", "", "the store that is reviewed: the folder that clean --out made (or DUSACH_STORE)")
	for _, sub := range []*cobra.Command{newReviewListCmd(), newReviewShowCmd(), newReviewDecideCmd(), newReviewImportCmd(),
		newReviewSampleCmd(), newReviewBoundCmd(), newReviewLabelsCmd()} {
		sub.Args = usageArgs(sub.Args)
		cmd.AddCommand(sub)
	}
	return cmd
}

// reviewCommand refuses a first word that is no command of review.
func reviewCommand(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{say.Errorf("không có lệnh review %q; xem \"dusach review --help\"", "there is no command review %q; see \"dusach review --help\"", args[0])}
}
