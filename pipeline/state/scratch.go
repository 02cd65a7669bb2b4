package state

import "sync/atomic"

// gauge is how much disk all shelves of the process take.
type gauge struct{ now, peak atomic.Int64 }

var onDisk gauge

// ScratchPeak returns the most bytes that the shelves of the process took on disk
// at any moment so far.
func ScratchPeak() int64 { return onDisk.peak.Load() }

func (g *gauge) add(n int64) {
	now := g.now.Add(n)
	for {
		peak := g.peak.Load()
		if now <= peak || g.peak.CompareAndSwap(peak, now) {
			return
		}
	}
}

// pageSize is what disks give and take back.
const pageSize = 4 << 10

// A puncher can give a part of itself back to the disk; what is read there
// afterwards is not defined.
type puncher interface {
	Punch(at, n int64) error
}

// Free gives back the disk that a bucket takes: nobody will read it again. It may
// be called by several goroutines, once all writers are closed. Where the file
// system cannot do that, nothing happens before Close.
func (s *Shelf) Free(b int) {
	file, ok := s.file.(puncher)
	if !ok {
		return
	}
	_ = Happens("free")
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tenants == nil {
		s.settle()
	}
	for _, k := range s.buckets[b].blocks {
		// A page is free when its last block is.
		from, to := k.pages()
		for page := from; page < to; page++ {
			s.tenants[page]--
		}
		for from < to && s.tenants[from] > 0 { // only the first and the last can be shared
			from++
		}
		for to > from && s.tenants[to-1] > 0 {
			to--
		}
		if n := (to - from) * pageSize; n > 0 && file.Punch(from*pageSize, n) == nil {
			s.freed += n
			onDisk.add(-n)
		}
	}
	s.buckets[b].blocks = nil
}

// pages returns the pages from ≤ p < to on which a block lies.
func (k block) pages() (from, to int64) {
	return k.at / pageSize, (k.at + int64(k.size) + pageSize - 1) / pageSize
}

// settle counts the blocks that lie on each page.
func (s *Shelf) settle() {
	s.tenants = make([]uint16, s.at.Load()/pageSize+1)
	for _, b := range s.buckets {
		for _, k := range b.blocks {
			from, to := k.pages()
			for page := from; page < to; page++ {
				s.tenants[page]++
			}
		}
	}
}
