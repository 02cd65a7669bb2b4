package snapshot

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// A part that is the same as in the snapshot before is one file with two names:
// a folder stays complete by itself, whichever of the two is removed, and a
// store of many snapshots takes what changed. Files never change once a manifest
// names them, so neither name can spoil the other.

// remember notes what the snapshot before holds. Where that cannot be read,
// nothing is shared with it.
func (d *Draft) remember() {
	s, err := Open(d.Store, d.Previous)
	if err != nil {
		return
	}
	defer func() { _ = s.Close() }() // or nobody may prune it before it is collected
	d.before = map[string]File{}
	for _, f := range s.Manifest.Files {
		d.before[f.Path] = f
	}
}

// settle closes a complete file and makes it durable, or gives its name to the
// file of the snapshot before that holds the same bytes, which is durable.
func (p *partFile) settle() error {
	linked, err := p.link()
	if err == nil && !linked {
		err = p.file.Sync()
	}
	return errors.Join(err, p.file.Close())
}

func (p *partFile) link() (bool, error) {
	d := p.draft
	was, ok := d.before[p.about.Path]
	if !ok || was.Bytes != p.about.Bytes || was.SHA256 != p.about.SHA256 {
		return false, nil
	}
	name := filepath.FromSlash(p.about.Path)
	old, full := filepath.Join(d.Store, snapshotsDir, d.Previous, name), filepath.Join(d.folder, name)
	if !holds(old, was.SHA256) {
		return false, nil // damaged since: the new one mends it
	}
	err := d.disk.Link(old, full+".same")
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.EMLINK) || errors.Is(err, syscall.EXDEV) {
		return false, nil // this file system has no further names to give
	}
	if err == nil {
		err = d.disk.Rename(full+".same", full)
	}
	return err == nil, err
}

// holds reports whether the bytes of a file have the hash.
func holds(name, hash string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && hex.EncodeToString(h.Sum(nil)) == hash
}
