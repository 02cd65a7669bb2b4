//go:build darwin || linux

package pipeline

import "golang.org/x/sys/unix"

// freeSpace returns the bytes that a user may still write to the file system of
// a folder, and whether the system tells.
func freeSpace(dir string) (int64, bool) {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}

// sameDisk reports whether two folders lie on one file system.
func sameDisk(a, b string) bool {
	var s, t unix.Stat_t
	return unix.Stat(a, &s) == nil && unix.Stat(b, &t) == nil && s.Dev == t.Dev
}
