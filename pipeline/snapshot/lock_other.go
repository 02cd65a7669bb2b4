//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package snapshot

import (
	"errors"
	"os"
)

var errLocked = errors.New("locked")

func lockShared(*os.File) error { return nil }

// lock lets everybody in: these systems have no advisory lock in the standard
// library, so whoever runs dusach there must see to it that one runs at a time.
func lock(*os.File) error { return nil }
