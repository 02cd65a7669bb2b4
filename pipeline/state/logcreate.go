package state

import (
	"errors"
	"io/fs"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// created is an empty file in the folder of a log that says that the log was
// whole once. Where power goes while a log is made for the first time, the
// database may leave a folder that names files which never reached the disk: it
// holds nothing, yet cannot be opened.
const created = "CREATED"

// openOrCreate opens the database in dir, and makes it again where the first
// attempt to make it was cut short.
func openOrCreate(dir string, opt *pebble.Options) (*pebble.DB, error) {
	disk := opt.FS
	if disk == nil {
		disk = vfs.Default
	}
	name := disk.PathJoin(dir, created)
	_, missing := disk.Stat(name)
	db, err := pebble.Open(dir, opt)
	if errors.Is(err, fs.ErrNotExist) && errors.Is(missing, fs.ErrNotExist) {
		if err := disk.RemoveAll(dir); err != nil {
			return nil, err
		}
		db, err = pebble.Open(dir, opt)
	}
	if err != nil || missing == nil {
		return db, err
	}
	if err := sayCreated(disk, dir, name); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// sayCreated writes the file and makes it durable.
func sayCreated(disk vfs.FS, dir, name string) error {
	file, err := disk.Create(name, vfs.WriteCategoryUnspecified)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	folder, err := disk.OpenDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
