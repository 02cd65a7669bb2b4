package pipeline

import (
	"sync"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// A judgedMark says which blocking rules are done; their links lie on their shelf.
type judgedMark struct {
	Rules   int // the first so many
	Counts  record.PairCounts
	Largest []int64 // block of each
	Links   int
}

// The buckets of the shelf of links.
const (
	linksJudged  = iota // of each rule, as it is done
	linksSettled        // all, those that people made among them
	linksFounder
	linksSplit
	linksFinding
	linksBuckets
)

// done is how many rules an earlier process has judged.
func (l *logbook) done() int {
	if l == nil || l.taken == nil || l.taken.judged == nil {
		return 0
	}
	return l.taken.judged.Rules
}

// judged brings back the links of the rules that were judged before, and what was
// counted of them.
func (r *run) judged(blocks *block.Blocks) ([]record.Link, error) {
	l := r.log
	if l.done() == 0 {
		return nil, nil
	}
	m := l.taken.judged
	for i, n := range m.Largest {
		blocks.Counts[i].Largest = n
	}
	r.pairs.Merge(&m.Counts)
	links := make([]record.Link, 0, m.Links)
	err := l.shelves[shelfLinks].Bucket(linksJudged, func(row []byte) error {
		one, err := state.ReadLink(row)
		links = append(links, one)
		return err
	})
	if err == nil && len(links) != m.Links {
		err = state.ErrDamaged
	}
	return links, err
}

// markJudged writes down that the first so many rules are done. from says of how many
// links of each worker that is known already.
func (r *run) markJudged(rules int, blocks *block.Blocks, workers []*judge, from []int) error {
	l := r.log
	if l == nil {
		return nil
	}
	shelf, err := l.open(shelfLinks, linksBuckets)
	if err != nil {
		return err
	}
	m := &judgedMark{Rules: rules, Counts: *record.NewPairCounts(workers[0].rules)}
	if t := l.taken; t != nil && t.judged != nil {
		m.Counts.Merge(&t.judged.Counts)
		m.Links = t.judged.Links
	}
	out := shelf.Writer()
	var row []byte
	for i, w := range workers {
		m.Counts.Merge(w.decide.Counts())
		m.Links += len(w.links.Links)
		for _, link := range w.links.Links[from[i]:] {
			row = state.AppendLink(row[:0], &link)
			if err := out.Put(linksJudged, row); err != nil {
				return err
			}
		}
		from[i] = len(w.links.Links)
	}
	for i := range blocks.Counts {
		m.Largest = append(m.Largest, blocks.Counts[i].Largest)
	}
	if err := out.Close(); err != nil {
		return err
	}
	return l.note(&logEntry{Judged: m}, shelfLinks)
}

// passOver does what is left to do of a rule that was judged before.
func passOver(blocks *block.Blocks, workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { blocks.PassOver(w) })
	}
	wg.Wait()
}
