package review

import (
	"cmp"
	"container/heap"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"
	"github.com/google/renameio/v2"

	"github.com/dusach/dusach/pipeline/review/ledger"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A Sample is the pairs of a snapshot that people are asked to judge, and what they
// were drawn from. Which pairs depends on the snapshot, the seed and the number
// alone.
type Sample struct {
	Name     string         `json:"name"` // snapshot, number and seed, as 000042-400-1
	Snapshot string         `json:"snapshot"`
	Epoch    snapshot.Epoch `json:"epoch"`
	Forms    int64          `json:"forms"` // of the snapshot
	Strata   []Drawn        `json:"strata"`
	Order    []int          `json:"order"` // in which pairs are shown, as numbers over all strata: by hash, so that nobody sees the strata
}

// Drawn is a stratum and the pairs drawn from it.
type Drawn struct {
	Stratum string      `json:"stratum"`
	Size    int         `json:"size"`
	Pairs   [][2]string `json:"pairs"` // form ids
}

// Pairs returns all pairs in the order in which they are shown.
func (s *Sample) Pairs() [][2]string {
	var all [][2]string
	for _, d := range s.Strata {
		all = append(all, d.Pairs...)
	}
	shown := make([][2]string, len(s.Order))
	for i, at := range s.Order {
		shown[i] = all[at]
	}
	return shown
}

// Draw draws about n of the pairs, of each stratum those with the least hashes.
func (s *Sample) Draw(pairs iter.Seq2[*Pair, error], match float64, n int, seed uint64) error {
	var lots [NumStrata]lots
	var sizes [NumStrata]int
	for p, err := range pairs {
		if err != nil {
			return err
		}
		at := p.Stratum(match)
		sizes[at]++
		lots[at].take(lot{rank(p, seed), [2]string{p.A, p.B}}, n)
	}
	s.Strata, s.Order = nil, nil
	var ranks []uint64
	for at, draws := range allot(n, sizes) {
		l := lots[at]
		slices.SortFunc(l, compareLots)
		d := Drawn{Stratum: StratumNames[at], Size: sizes[at], Pairs: [][2]string{}}
		for _, one := range l[:min(draws, len(l))] {
			d.Pairs = append(d.Pairs, one.pair)
			s.Order, ranks = append(s.Order, len(s.Order)), append(ranks, one.rank)
		}
		s.Strata = append(s.Strata, d)
	}
	slices.SortFunc(s.Order, func(x, y int) int { return cmp.Or(cmp.Compare(ranks[x], ranks[y]), x-y) })
	return nil
}

// A lot is a pair and its hash.
type lot struct {
	rank uint64
	pair [2]string
}

func rank(p *Pair, seed uint64) uint64 {
	d := xxhash.NewWithSeed(seed)
	_, _ = d.WriteString(p.A) // a hash takes everything
	_, _ = d.WriteString("\x00")
	_, _ = d.WriteString(p.B)
	return d.Sum64()
}

func compareLots(x, y lot) int {
	return cmp.Or(cmp.Compare(x.rank, y.rank), strings.Compare(x.pair[0], y.pair[0]), strings.Compare(x.pair[1], y.pair[1]))
}

// lots are the least hashes of a stratum, the greatest first.
type lots []lot

func (l lots) Len() int           { return len(l) }
func (l lots) Less(i, j int) bool { return compareLots(l[i], l[j]) > 0 }
func (l lots) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }
func (l *lots) Push(x any)        { *l = append(*l, x.(lot)) }
func (l *lots) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}

// take keeps a pair if it is among the least n.
func (l *lots) take(one lot, n int) {
	switch {
	case len(*l) < n:
		heap.Push(l, one)
	case compareLots(one, (*l)[0]) < 0:
		(*l)[0] = one
		heap.Fix(l, 0)
	}
}

func samplesDir(store string) string { return filepath.Join(Dir(store), "samples") }

// Keep writes the sample into its store.
func (s *Sample) Keep(store string) error {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(samplesDir(store), 0o700); err != nil {
		return ledger.CannotWrite(err)
	}
	return renameio.WriteFile(filepath.Join(samplesDir(store), s.Name+".json"), append(data, '\n'), 0o600)
}

// Samples returns the names of the samples of a store, the earliest first.
func Samples(store string) ([]string, error) {
	list, err := os.ReadDir(samplesDir(store))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range list {
		if name, ok := strings.CutSuffix(e.Name(), ".json"); ok {
			names = append(names, name)
		}
	}
	return names, err
}

// ReadSample reads a sample of a store.
func ReadSample(store, name string) (*Sample, error) {
	if strings.ContainsAny(name, `/\`) {
		return nil, say.Errorf("không có mẫu %s", "there is no sample %s", name)
	}
	data, err := os.ReadFile(filepath.Join(samplesDir(store), name+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, say.Errorf("không có mẫu %s: lấy mẫu bằng dusach review sample", "there is no sample %s: draw one with dusach review sample", name)
	}
	if err != nil {
		return nil, err
	}
	s := &Sample{}
	if err := json.Unmarshal(data, s); err != nil || s.Name != name || len(s.Strata) != NumStrata {
		return nil, say.Errorf("mẫu %s bị hỏng: lấy lại bằng dusach review sample", "sample %s is damaged: draw it again with dusach review sample", name)
	}
	return s, nil
}

// SampleName names a sample.
func SampleName(snapshot string, n int, seed uint64) string {
	return fmt.Sprintf("%s-%d-%d", snapshot, n, seed)
}
