//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package pipeline

import "time"

// processUsage knows nothing here: the summary shows wall time only.
func processUsage() (cpu time.Duration, peak int64) { return 0, 0 }
