package state

import (
	"os"
	"syscall"
)

// shelfFile is a scratch file of which parts can be given back.
type shelfFile struct{ *os.File }

const punchHole = 1 | 2 // FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE

// Punch gives n bytes from at on back to the disk.
func (f shelfFile) Punch(at, n int64) error {
	return syscall.Fallocate(int(f.Fd()), punchHole, at, n)
}
