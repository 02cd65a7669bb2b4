package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// stdin reads standard input for as long as the command goes on: a read that
// waits for a pipe or a person ends with the command, not the other way round.
func stdin(cmd *cobra.Command) io.Reader {
	return &stoppable{ctx: cmd.Context(), in: cmd.InOrStdin(), done: make(chan int, 1)}
}

// A stoppable reader reads ahead into its own buffer on another goroutine, one
// read at a time. It is for one goroutine.
type stoppable struct {
	ctx  context.Context
	in   io.Reader
	buf  [64 << 10]byte
	rest []byte   // of buf, not handed on yet
	err  error    // of the last read
	done chan int // bytes of a read that has ended
}

// Read returns what is there, waits if nothing is, and fails when the context
// ends.
func (s *stoppable) Read(p []byte) (int, error) {
	if len(s.rest) == 0 && s.err == nil {
		go func() {
			var n int
			n, s.err = s.in.Read(s.buf[:])
			s.done <- n
		}()
		select {
		case n := <-s.done:
			s.rest = s.buf[:n]
		case <-s.ctx.Done():
			return 0, s.ctx.Err()
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	if n == 0 && len(p) > 0 {
		return 0, s.err
	}
	return n, nil
}

// hint tells a person at a terminal what the command waits for.
func hint(cmd *cobra.Command, what string) {
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprintf(cmd.ErrOrStderr(), "dusach: type %s, and end with Ctrl-D\n", what)
	}
}
