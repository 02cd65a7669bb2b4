//go:build unix

package main

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// bandwidth is what the machine can move, bytes a second.
type bandwidth struct {
	CPUs      int     `json:"cpus"`
	DiskWrite float64 `json:"disk_write"` // one file, synced at the end
	DiskRead  float64 `json:"disk_read"`  // the same file; from the page cache where it fits
	Memory    float64 `json:"memory"`     // all cores summing arrays larger than their caches
	Random    float64 `json:"random"`     // reads of 8 bytes at random places of such an array, a second, all cores
}

const (
	probeBytes = 2 << 30
	probeBlock = 1 << 20
)

// probe measures the bandwidth of the disk of a folder, and of memory.
func probe(dir string) (*bandwidth, error) {
	b := &bandwidth{CPUs: runtime.GOMAXPROCS(0)}
	name := filepath.Join(dir, "probe.tmp")
	defer os.Remove(name)
	block := make([]byte, probeBlock)
	if _, err := rand.Read(block); err != nil {
		return nil, err
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	start := time.Now()
	for range probeBytes / probeBlock {
		if _, err := f.Write(block); err != nil {
			return nil, err
		}
	}
	if err := f.Sync(); err != nil {
		return nil, err
	}
	b.DiskWrite = probeBytes / time.Since(start).Seconds()
	start = time.Now()
	for at := int64(0); at < probeBytes; at += probeBlock {
		if _, err := f.ReadAt(block, at); err != nil {
			return nil, err
		}
	}
	b.DiskRead = probeBytes / time.Since(start).Seconds()
	b.memory()
	return b, errors.Join(f.Close(), os.Remove(name))
}

const memoryWords = 64 << 20 / 8 // of each core, and its page table entries stay in the caches

// memory measures streaming and random reads by all cores at once.
func (b *bandwidth) memory() {
	words := make([][]uint64, b.CPUs)
	for i := range words {
		words[i] = make([]uint64, memoryWords)
		for k := range words[i] {
			words[i][k] = uint64(k) * 0x9e3779b97f4a7c15
		}
	}
	var sink sync.Map
	timed := func(work func(a []uint64) uint64) float64 {
		var all sync.WaitGroup
		start := time.Now()
		for i := range words {
			all.Go(func() { sink.Store(i, work(words[i])) })
		}
		all.Wait()
		return time.Since(start).Seconds()
	}
	const passes = 8
	b.Memory = float64(b.CPUs*passes*memoryWords*8) / timed(func(a []uint64) (sum uint64) {
		for range passes {
			for _, v := range a {
				sum += v
			}
		}
		return sum
	})
	const reads = 1 << 23
	b.Random = float64(b.CPUs*reads) / timed(func(a []uint64) (sum uint64) {
		x := uint64(1)
		for range reads { // independent of each other, as look-ups of a block are
			x = x*6364136223846793005 + 1442695040888963407
			sum += a[x>>33%memoryWords]
		}
		return sum
	})
}
