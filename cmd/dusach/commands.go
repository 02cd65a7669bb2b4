package main

import (
	"errors"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/say"
)

// commands lists what dusach can do, one file each, in the order of use.
func commands() []*cobra.Command {
	return []*cobra.Command{
		inGroup(groupWork, newCleanCmd()),
		inGroup(groupWork, newPlanCmd()),
		inGroup(groupWork, newLiveCmd()),
		inGroup(groupWork, withStore(newForgetCmd())),
		inGroup(groupWork, newNormalizeCmd()),
		inGroup(groupWork, newCompareCmd()),
		inGroup(groupLook, withStore(newCitizenCmd())),
		inGroup(groupLook, withStore(newExplainCmd())),
		inGroup(groupLook, withStore(newHistoryCmd())),
		inGroup(groupLook, withStore(newDiffCmd())),
		inGroup(groupLook, withStore(newExportCmd())),
		inGroup(groupLook, withStore(newReportCmd())),
		inGroup(groupLook, withStore(newVerifyCmd())),
		inGroup(groupWork, withStore(newPruneCmd())),
		inGroup(groupReview, newReviewCmd()),
		inGroup(groupLearn, newConfigCmd()),
		inGroup(groupLearn, newTrainCmd()),
		inGroup(groupLearn, newEvaluateCmd()),
		inGroup(groupLearn, newGenerateCmd()),
	}
}

// The groups of commands in the help.
const (
	groupWork   = "work"
	groupLook   = "look"
	groupReview = "review"
	groupLearn  = "learn"
)

func inGroup(id string, cmd *cobra.Command) *cobra.Command {
	cmd.GroupID = id
	return cmd
}

// withStore gives a command the flag that names the store it looks into.
func withStore(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().String("store", "", "the store to look into: the folder that clean --out made (or DUSACH_STORE)")
	return cmd
}

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "dusach",
		Short: "Clean population forms into a deduplicated snapshot of citizens",
		Long: `dusach ("đủ, sạch": enough, clean) reads collection forms, standardizes Vietnamese
names, addresses, dates and numbers, finds the forms of one person, merges them
into golden records and publishes a Parquet snapshot with a report.

Exit codes: 0 done; 1 failed; 2 the command line cannot be understood; 3 done,
but below a gate that you set. Every flag can be set in the environment too:
--lang as DUSACH_LANG, --batch-size as DUSACH_BATCH_SIZE.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.AddGroup(
		&cobra.Group{ID: groupWork, Title: "Clean forms and single values:"},
		&cobra.Group{ID: groupLook, Title: "Look into a store:"},
		&cobra.Group{ID: groupReview, Title: "Decide by hand:"},
		&cobra.Group{ID: groupLearn, Title: "Learn and measure:"})
	addCommonFlags(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{say.Errorf("%w; xem \"%s --help\"", "%w; see \"%s --help\"", err, cmd.CommandPath())}
	})
	root.AddCommand(commands()...)
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
		work := c.RunE
		c.RunE = func(cmd *cobra.Command, args []string) error {
			return profiled(cmd, func() error { return work(cmd, args) })
		}
	}
	return root
}

// unknownCommand refuses a first word that is no command.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	advice := say.Words{VI: `xem "dusach --help"`, EN: `see "dusach --help"`}
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		advice = say.Words{VI: "có phải " + strings.Join(near, " hay ") + "?", EN: "did you mean " + strings.Join(near, " or ") + "?"}
	}
	return &usageError{say.Errorf("không có lệnh %q; %v", "there is no command %q; %v", args[0], advice)}
}

// usageArgs makes a wrong number of arguments a usage error that shows how the
// command is written.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check == nil || check(cmd, args) == nil {
			return nil
		}
		var usage *usageError
		if err := check(cmd, args); errors.As(err, &usage) {
			return err
		}
		return &usageError{say.Errorf("đã cho %d tham số; hãy viết: %s (xem \"%s --help\")", "%d arguments were given; write it as: %s (see \"%s --help\")",
			len(args), strings.TrimSuffix(cmd.UseLine(), " [flags]"), cmd.CommandPath())}
	}
}

// version is the module's version, or "devel" for a build out of a checkout.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version[0] == 'v' && len(info.Main.Version) < 16 {
		return info.Main.Version
	}
	return "devel"
}
