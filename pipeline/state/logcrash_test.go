package state

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// The crash matrix of the log: every call that changes the disk fails once, or
// is where the disk fills up, and then the power goes: what was not synced is
// lost, all of it or some pages. Whatever happens, the log that is opened next
// holds a whole number of bites: all that were said to be durable, perhaps the
// one that failed, and of that either all or nothing.

// crashHead counts bites and their entries.
type crashHead struct{ Bites, Entries uint32 }

const crashBites = 5

// entriesOf is what bite i holds, the same every time; large enough that the
// memory table is flushed now and then.
func entriesOf(i uint32) (list [][]byte) {
	rng := rand.New(rand.NewPCG(uint64(i), 3))
	for range 1 + rng.IntN(6) {
		value := make([]byte, rng.IntN(6000))
		for n := range value {
			value[n] = byte(rng.Uint32())
		}
		list = append(list, value)
	}
	return list
}

// faults are how a call may fail.
var faults = []struct {
	name     string
	err      error
	forEver  bool // every later one fails too
	unsynced int  // percent of what was not synced that survives
}{
	{"once, unsynced bytes lost", errors.New("the disk failed"), false, 0},
	{"once, pages torn", errors.New("the disk failed"), false, 50},
	{"full from then on, unsynced bytes lost", syscall.ENOSPC, true, 0},
	{"full from then on, pages torn", syscall.ENOSPC, true, 50},
}

func TestLogCrashMatrix(t *testing.T) {
	tried := 0
	for _, fault := range faults {
		t.Run(fault.name, func(t *testing.T) {
			for at := 0; ; at++ {
				mem := vfs.NewCrashableMem()
				durable, reached := crash(mem, at, fault.err, fault.forEver)
				if !reached {
					break
				}
				tried++
				after := mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: fault.unsynced, RNG: rand.New(rand.NewPCG(uint64(at), 8))})
				survive(t, after, fmt.Sprint("call ", at), durable)
			}
		})
	}
	t.Logf("%d points of failure", tried)
	if tried < 100 {
		t.Error("too few: the matrix shows little")
	}
}

// crash writes bites while changing call number at fails, and returns how many
// were said to be durable and whether the call was ever made.
func crash(fs vfs.FS, at int, with error, forEver bool) (durable uint32, reached bool) {
	var mu sync.Mutex
	calls := 0
	fs = errorfs.Wrap(fs, errorfs.InjectorFunc(func(op errorfs.Op) error {
		if op.Kind.ReadOrWrite() != errorfs.OpIsWrite {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		calls++
		if calls-1 == at || forEver && calls > at {
			return &os.PathError{Op: "write", Path: op.Path, Err: with}
		}
		return nil
	}))
	broken := make(chan struct{})
	var once sync.Once
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }() // the database panics where a folder cannot be synced: the process would end
		l, err := OpenLog("live", LogOptions{FS: fs, memTable: 64 << 10, fatal: func(error) {
			once.Do(func() { close(broken) })
			runtime.Goexit() // the process would end here
		}})
		if err != nil {
			return
		}
		var head crashHead
		for i := range uint32(crashBites) {
			b := l.Begin()
			for _, v := range entriesOf(i) {
				if b.Put(LogRow, head.Entries, v) != nil {
					return
				}
				head.Entries++
			}
			head.Bites++
			if b.Commit(&head) != nil {
				return
			}
			mu.Lock()
			durable = head.Bites
			mu.Unlock()
		}
		_ = l.Close()
	}()
	select {
	case <-done:
	case <-broken:
	}
	mu.Lock()
	defer mu.Unlock()
	return durable, calls > at
}

// survive opens what a crash left and checks it.
func survive(t *testing.T, fs vfs.FS, what string, durable uint32) {
	t.Helper()
	l, err := OpenLog("live", LogOptions{FS: fs, memTable: 64 << 10})
	if err != nil {
		t.Fatalf("%s: after the crash: %v", what, err)
	}
	defer l.Close()
	var head crashHead
	if _, err := l.Head(&head); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if head.Bites < durable || head.Bites > durable+1 {
		t.Fatalf("%s: %d bites were durable, %d survived", what, durable, head.Bites)
	}
	var want [][]byte
	for i := range head.Bites {
		want = append(want, entriesOf(i)...)
	}
	if int(head.Entries) != len(want) {
		t.Fatalf("%s: the head counts %d entries of %d", what, head.Entries, len(want))
	}
	err = l.Each(LogRow, 0, head.Entries, func(n uint32, v []byte) error {
		if !bytes.Equal(v, want[n]) {
			return fmt.Errorf("entry %d changed", n)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}
