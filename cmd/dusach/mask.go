package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/record"
)

// A mask hides the middle of identity and telephone numbers, as 001*****1234.
type mask bool

// maskOf says what a command hides: nothing with --unmask, and nothing in JSON
// that goes to a program. What people see on a screen is masked.
func maskOf(cmd *cobra.Command) mask {
	unmask, _ := cmd.Flags().GetBool("unmask")
	return mask(!unmask && (!asJSON(cmd) || isTerminal(cmd.OutOrStdout())))
}

// addUnmask adds the flag that shows numbers in full.
func addUnmask(cmd *cobra.Command) {
	cmd.Flags().Bool("unmask", false, "show identity and telephone numbers in full (they are masked in tables; names and dates are shown)")
}

// value shows the value of a field. In a field of numbers the middle is hidden
// however the number is written, elsewhere that of long runs of digits.
func (m mask) value(kind record.Kind, v string) string {
	if !m {
		return v
	}
	switch kind {
	case record.KindCCCD, record.KindCMND, record.KindPhone:
		return hideMiddle(v)
	case record.KindKey:
		return v
	}
	return hideRuns(v)
}

// Digits that stay, and the length of a run that is a person's number.
const (
	shownHead = 3
	shownTail = 4
	longRun   = 9
)

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// hideMiddle hides all digits but the first and last ones, and all of a value
// that is not longer than those.
func hideMiddle(v string) string {
	n := 0
	for i := range len(v) {
		if isDigit(v[i]) {
			n++
		}
	}
	head, tail := shownHead, shownTail
	if n < longRun {
		head, tail = 0, 0
	}
	out, at := []byte(v), 0
	for i, c := range out {
		if !isDigit(c) {
			continue
		}
		if at >= head && at < n-tail {
			out[i] = '*'
		}
		at++
	}
	return string(out)
}

// hideRuns hides the middle of every long run of digits.
func hideRuns(v string) string {
	var b strings.Builder
	for i := 0; i < len(v); {
		end := i
		for end < len(v) && isDigit(v[end]) {
			end++
		}
		switch {
		case end-i >= longRun:
			b.WriteString(hideMiddle(v[i:end]))
		case end > i:
			b.WriteString(v[i:end])
		default:
			end = i + 1
			b.WriteByte(v[i])
		}
		i = end
	}
	return b.String()
}
