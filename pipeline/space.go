package pipeline

import (
	"github.com/dusach/dusach/pipeline/say"
)

// Space is what a run will take of the disk, reckoned from the size of its input
// before it begins; `dusach plan` knows better.
type Space struct {
	Input    int64 // bytes of the files that are read
	Scratch  int64 // the most at any moment, in Config.Tmp
	Snapshot int64 // in the store
	FreeTmp  int64 // -1 where the system does not tell
	FreeOut  int64
	OneDisk  bool // both folders lie on one file system
}

// A SpaceTeller is a Progress that wants to know what a run will take.
type SpaceTeller interface {
	Space(Space)
}

// Bytes of scratch and of a snapshot for each byte of input: measured on generated
// forms (300,000, hard 2): Parquet 66 bytes a form, CSV 410; scratch 155, a
// snapshot 165.
const (
	scratchOfPacked, snapshotOfPacked = 2.4, 2.6
	scratchOfPlain, snapshotOfPlain   = 0.4, 0.42
)

// tooLittle is the part of what is reckoned that must be free: less cannot be
// enough, whatever the forms hold.
const tooLittle = 0.4

// checkSpace tells what the run will take and compares it with what is free:
// much too little is an error before anything is read, a little too little a
// warning, for the reckoning is rough and the run ends cleanly where it was right.
func (p *Pipeline) checkSpace(r *run, store string) error {
	packed, plain := r.reader.Size()
	s := Space{Input: packed + plain, FreeTmp: -1, FreeOut: -1,
		Scratch:  int64(float64(packed)*scratchOfPacked + float64(plain)*scratchOfPlain),
		Snapshot: int64(float64(packed)*snapshotOfPacked + float64(plain)*snapshotOfPlain)}
	if free, ok := freeSpace(p.cfg.Tmp); ok {
		s.FreeTmp = free
	}
	if free, ok := freeSpace(store); ok {
		s.FreeOut = free
	}
	s.OneDisk = sameDisk(p.cfg.Tmp, store)
	if t, ok := r.progress.(SpaceTeller); ok && s.Input > 0 {
		t.Space(s)
	}
	return s.check(r.progress.Warn, p.cfg.Tmp, store)
}

// check warns, or is an error, where less is free than will be taken.
func (s Space) check(warn func(error), tmp, store string) error {
	type need struct {
		folder      string
		takes, free int64
		flag        string
	}
	needs := []need{{tmp, s.Scratch, s.FreeTmp, "--tmp"}, {store, s.Snapshot, s.FreeOut, "--out"}}
	if s.OneDisk {
		// Scratch is given back as the snapshot grows: together they never take both.
		needs = []need{{store, max(s.Scratch, s.Snapshot), s.FreeOut, "--out, --tmp"}}
	}
	for _, n := range needs {
		if n.free < 0 || n.takes <= n.free {
			continue
		}
		err := say.Errorf("đĩa của %s còn %d MiB trống, lần chạy này cần chừng %d MiB: hãy dọn đĩa hoặc chọn chỗ khác bằng %s (dusach plan cho con số sát hơn)",
			"the disk of %s has %d MiB free, this run will take about %d MiB: make room, or name another place with %s (dusach plan tells better)",
			n.folder, n.free>>20, n.takes>>20, n.flag)
		if float64(n.takes)*tooLittle > float64(n.free) {
			return err
		}
		warn(err)
	}
	return nil
}
