//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package pipeline

import (
	"runtime"
	"syscall"
	"time"
)

// processUsage returns the CPU time that the process took so far and the most
// memory that it had resident, in bytes.
func processUsage() (cpu time.Duration, peak int64) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	peak = int64(u.Maxrss)
	if runtime.GOOS != "darwin" {
		peak <<= 10 // all others count in KiB
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), peak
}
