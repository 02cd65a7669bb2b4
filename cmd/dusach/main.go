package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// The exit codes that scripts rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitGate   = 3 // done, but below a gate that the user set
)

func main() {
	// Most of a run's memory lives as long as the run, so collecting at half as
	// much again costs nothing measurable and keeps the peak a quarter lower.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	os.Exit(run(os.Args[1:]))
}

// run carries out one command line and returns its exit code.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	root := newRootCmd()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	messages := newMessages(cmd)
	if ctx.Err() != nil {
		messages.fail(stopped(cmd, err))
		return exitFailed
	}
	messages.fail(err)
	return exitCode(err)
}

// stopped says what a command left behind that a signal ended.
func stopped(cmd *cobra.Command, err error) error {
	var unfinished *pipeline.Unfinished
	if errors.As(err, &unfinished) {
		return say.Errorf("đã dừng; chưa công bố gì, kho vẫn như cũ; phần đã làm được giữ lại: chạy lại đúng lệnh này để đi tiếp",
			"stopped; nothing was published and the store is as it was; what was done is kept: run the same command again to go on")
	}
	switch cmd.Name() {
	case "live":
		return say.Errorf("đã dừng; những gì đã đọc được giữ lại, lần live sau sẽ đọc tiếp", "stopped; what was read is kept, and the next live goes on from there")
	case "clean":
		return say.Errorf("đã dừng; chưa công bố gì, kho vẫn như cũ", "stopped; nothing was published and the store is as it was")
	}
	return say.Errorf("đã dừng", "stopped")
}

// exitCode tells scripts what kind of error ended a command.
func exitCode(err error) int {
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
