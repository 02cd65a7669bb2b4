package snapshot

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/dusach/dusach/pipeline/say"
)

// A disk is what publishing asks of the file system: the seam at which tests
// let writes fail and the power go.
type disk interface {
	MkdirAll(dir string) error
	Create(name string) (file, error)
	Rename(from, to string) error
	Link(old, name string) error
	RemoveAll(path string) error
	// SyncDir makes durable which names a folder holds.
	SyncDir(dir string) error
}

// A file is written once, from its start to its end.
type file interface {
	io.Writer
	// Sync makes the bytes written so far durable.
	Sync() error
	Close() error
}

// osDisk is the real file system.
type osDisk struct{}

func (osDisk) MkdirAll(dir string) error    { return os.MkdirAll(dir, 0o755) }
func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) Link(old, name string) error  { return os.Link(old, name) }
func (osDisk) RemoveAll(path string) error  { return os.RemoveAll(path) }

func (osDisk) Create(name string) (file, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (osDisk) SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil // some network file systems cannot sync a folder
	}
	return err
}

// advise adds to an error of the file system what the user can do about it.
func advise(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return say.Errorf("%w: hãy dọn chỗ hoặc đặt kho ở đĩa khác rồi chạy lại; những gì đã công bố vẫn nguyên vẹn", "%w: free some space or put the store on another disk, and run again; what was published before is unharmed", err)
	case errors.Is(err, syscall.EROFS):
		return say.Errorf("%w: hãy chọn thư mục khác cho kho", "%w: the disk is mounted read-only: choose another folder for the store", err)
	case errors.Is(err, fs.ErrPermission):
		return say.Errorf("%w: hãy chọn thư mục khác hoặc xin quyền ghi", "%w: this user may not write there: choose another folder or ask for the right to write", err)
	}
	return err
}

// writeFile writes a whole file and makes it durable.
func writeFile(d disk, name string, data []byte) (err error) {
	f, err := d.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}
