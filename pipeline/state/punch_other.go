//go:build !linux

package state

import "os"

// shelfFile is a scratch file that is given back as a whole.
type shelfFile struct{ *os.File }
