package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dusach/dusach/pipeline/say"
)

// ErrLeased is returned by Begin where another process writes the store.
var ErrLeased = say.Errorf("kho đang được dùng", "the store is in use")

// leaseName is the file of the lease in the store's state.
const leaseName = "lease"

// A holder says who holds a lease.
type holder struct {
	PID     int    `json:"pid"`
	Host    string `json:"host"`
	Command string `json:"command"`
}

// A Lease lets one process write a store. The operating system takes it back
// when the process ends, however it ends.
type Lease struct{ f *os.File }

// TakeLease takes the lease of a store for longer than one draft: drafts are
// then begun under it with Options.Lease. The store must be absent, empty or a
// store; an error is ErrLeased where another process has it, and says which.
func TakeLease(store, command string) (*Lease, error) {
	if err := CheckFolder(store); err != nil {
		return nil, err
	}
	state := filepath.Join(store, stateDir)
	err := osDisk{}.MkdirAll(state)
	if err == nil {
		var l *Lease
		if l, err = takeLease(state, command); err == nil {
			if err = finishErasure(osDisk{}, store); err == nil {
				return l, nil
			}
			err = errors.Join(err, l.release())
		}
	}
	return nil, say.Errorf("kho %s: %w", "store %s: %w", store, advise(err))
}

// Release gives the lease back.
func (l *Lease) Release() error { return l.release() }

// takeLease takes the lease of the store whose state folder is dir.
func takeLease(dir, command string) (*Lease, error) {
	name := filepath.Join(dir, leaseName)
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		var by holder
		held := "another process"
		if data, err := os.ReadFile(name); err == nil && json.Unmarshal(data, &by) == nil {
			held = fmt.Sprintf("%s, process %d on %s", by.Command, by.PID, by.Host)
		}
		f.Close()
		if errors.Is(err, errLocked) {
			return nil, say.Errorf("%w: %s đang giữ: hãy chờ xong, hoặc dừng nó", "%w: held by %s: wait until it ends, or stop it", ErrLeased, held)
		}
		return nil, fmt.Errorf("locking %s: %w", name, err)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	data, err := json.Marshal(holder{os.Getpid(), host, command})
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(append(data, '\n'), 0)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Lease{f}, nil
}

// release gives the lease back. The file stays, empty: removing it would let
// two processes lock two files of one name.
func (l *Lease) release() error {
	if l == nil || l.f == nil {
		return nil
	}
	err := l.f.Truncate(0)
	f := l.f
	l.f = nil
	return errors.Join(err, f.Close())
}
