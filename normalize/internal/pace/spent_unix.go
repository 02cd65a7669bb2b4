//go:build unix

package pace

import (
	"syscall"
	"time"
)

// Spent returns what this process has taken of the processors so far.
func Spent() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
