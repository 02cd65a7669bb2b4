// Command dusach turns population collection forms into a clean, deduplicated
// snapshot of citizens. "dusach help" lists what it can do.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// The exit codes that scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitGate   = 3 // done, but below a gate that the user set
)

func main() { os.Exit(run(os.Args[1:])) }

// run carries out one command line and returns its exit code.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRootCmd()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "dusach: stopped; nothing was published")
		return exitFailed
	}
	fmt.Fprintln(os.Stderr, "dusach:", err)
	var gate *gateError
	var usage *usageError
	switch {
	case errors.As(err, &gate):
		return exitGate
	case errors.As(err, &usage):
		return exitUsage
	}
	return exitFailed
}

// usageError is a command line that cannot be understood.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// gateError is a run that was done and fell below a gate that the user set.
type gateError struct{ err error }

func (e *gateError) Error() string { return e.err.Error() }
func (e *gateError) Unwrap() error { return e.err }

func newRootCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "dusach",
		Short: "Clean population forms into a deduplicated snapshot of citizens",
		Long: `dusach ("đủ, sạch": enough, clean) reads collection forms, standardizes Vietnamese
names, addresses, dates and numbers, finds the forms of one person, merges them
into golden records and publishes a Parquet snapshot with a report.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	addCommonFlags(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &usageError{fmt.Errorf("%w; see \"%s --help\"", err, cmd.CommandPath())}
	})
	root.AddCommand(commands()...)
	for _, c := range root.Commands() {
		c.Args = usageArgs(c.Args)
	}
	return root
}

// usageArgs makes a wrong number of arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	if check == nil {
		return nil
	}
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return &usageError{fmt.Errorf("%w; see \"%s --help\"", err, cmd.CommandPath())}
		}
		return nil
	}
}

// version is the module's version, or "devel" for a build out of a checkout.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version[0] == 'v' && len(info.Main.Version) < 16 {
		return info.Main.Version
	}
	return "devel"
}
