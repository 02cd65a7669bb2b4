package erasure

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/dusach/dusach/pipeline/say"
)

// keyBytes is the length of a key.
const keyBytes = 32

// KeyName is the name of the key in a store that was given no other.
const KeyName = "forget.key"

// A Key is the secret under which tombstones are made.
type Key struct{ secret []byte }

// ErrNoKey is returned where there is no key.
var ErrNoKey = say.Errorf("không có khóa xóa phiếu", "there is no key of erasure")

// KeyFile returns the file of the key of a store: file, or if that is empty the
// one in the store.
func KeyFile(store, file string) string {
	if file != "" {
		return file
	}
	return filepath.Join(store, KeyName)
}

// ReadKey reads a key: 64 hexadecimal digits, in a file that nobody but its
// owner may read.
func ReadKey(file string) (*Key, error) {
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, say.Errorf("%w: %s: hãy lấy lại tệp từ bản sao lưu, hoặc chỉ ra bằng --forget-key", "%w: %s: bring the file back from a backup, or name it with --forget-key", ErrNoKey, file)
	}
	if err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, say.Errorf("khóa xóa phiếu %s ai cũng đọc được: hãy chạy chmod 600 %[1]s", "others may read the key of erasure %s: run chmod 600 %[1]s", file)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(secret) != keyBytes {
		return nil, say.Errorf("%s không phải khóa xóa phiếu: tệp phải chứa 64 chữ số thập lục phân, như của openssl rand -hex 32", "%s is no key of erasure: it should hold 64 hexadecimal digits, as of openssl rand -hex 32", file)
	}
	return &Key{secret}, nil
}

// NewKey makes a key. Text returns what its file holds.
func NewKey() *Key {
	secret := make([]byte, keyBytes)
	_, _ = rand.Read(secret) // never fails
	return &Key{secret}
}

// Text returns the content of the file of the key.
func (k *Key) Text() []byte { return append(hex.AppendEncode(nil, k.secret), '\n') }

// MakeKey makes a key in a new file that its owner alone may read, durably.
func MakeKey(file string) (k *Key, err error) {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	k = NewKey()
	_, err = f.Write(k.Text())
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(file))
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	_ = dir.Sync() // some file systems cannot
	return k, nil
}

// ID tells keys apart without telling anything of them.
func (k *Key) ID() string {
	sum := sha256.Sum256(append([]byte("dusach key of erasure\x00"), k.secret...))
	return hex.EncodeToString(sum[:8])
}
