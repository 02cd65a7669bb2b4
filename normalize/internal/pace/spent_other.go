//go:build !unix

package pace

import "time"

// Spent is not known here.
func Spent() time.Duration { return 0 }
