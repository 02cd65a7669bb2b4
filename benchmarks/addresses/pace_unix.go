//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime returns what this process has taken of the processors so far.
func processorTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
