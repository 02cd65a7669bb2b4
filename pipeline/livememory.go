package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/decide"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/state"
)

// memory is who a live run knows: every form's packed record, an index of
// blocking keys over them, the links between them, and the log in which all of
// that is durable. Rows, refusals and repeats are in the log alone.
type memory struct {
	p       *Pipeline
	log     *state.Log
	head    head
	sources *record.Sources

	cellar                               // known, and which of them kept an id; no shelves, and no repeats
	content  [][16]byte                  // of each form
	origin   []record.Origin             // of each form
	ids      map[record.PersonKey]uint32 // first record under each form id, by the hash of the id as it came
	again    map[uint32][]uint32         // further records under the id of a first one
	disputed map[uint32]bool             // the first ones to whose ids others came since settleIDs
	links    []record.Link
	ledger   *review.Ledger // what people had decided when the last snapshot was begun; nil: nothing
	index    *block.Index
	judges   []*matcher
	before   []record.PersonKey // of the records of the last snapshot, its persons
	was      map[uint32][]byte  // ids under which forms were published whose own id was taken by then
	buf      []byte
}

// matcher is one worker's way from a new record to its links.
type matcher struct {
	walk
	prober   *block.Prober
	compare  *compare.Stage
	decide   *decide.Stage
	pairs    record.Pairs
	evidence record.Evidence
	links    record.Links
	took     []time.Duration // of each record of a bite
}

func (p *Pipeline) newMemory(log *state.Log) *memory {
	m := &memory{p: p, log: log, sources: &record.Sources{}, ids: map[record.PersonKey]uint32{}, again: map[uint32][]uint32{}, disputed: map[uint32]bool{}, was: map[uint32][]byte{}}
	m.known = record.Known{Packing: p.cfg.Packing, Names: record.NewNames(), Renamed: map[uint32][]byte{}}
	m.kept = map[uint32]bool{}
	p.cfg.Comparisons.Prepare(&m.known, p.cfg.Model)
	m.index = block.NewIndex(&m.known, block.Options{Rules: p.cfg.Rules, Terms: frequencies{&p.cfg.Model.Terms}, People: p.cfg.People()})
	m.head = head{Version: headVersion, Epoch: p.epoch(), Offsets: map[string]int64{}, Pairs: record.NewPairCounts(p.cfg.RuleNames())}
	for range p.cfg.Workers {
		m.judges = append(m.judges, &matcher{
			prober:  block.NewProber(m.index),
			compare: compare.New(p.cfg.Comparisons, &m.known, p.cfg.Comparisons.NewFilter(p.scorer)),
			decide:  decide.New(p.scorer, p.cfg.RuleNames()),
		})
	}
	return m
}

// sourceOf returns the number of a source.
func (m *memory) sourceOf(name string) uint32 {
	if i := slices.Index(m.sources.Names(), name); i >= 0 {
		return uint32(i)
	}
	return m.sources.Add(name)
}

// keep numbers a batch of records and puts them into a bite. Forms that are
// known are put aside as repeats.
func (m *memory) keep(r *record.Records, b *state.Bite) error {
	for i := range r.N {
		id := r.Clean[r.Schema.ColumnOf[r.Schema.Key]].At(i)
		if m.knows(r, i, id) {
			m.buf = state.AppendRepeat(m.buf[:0], id, r.Origin[i])
			if err := b.Put(state.LogRepeat, m.head.Repeats, m.buf); err != nil {
				return err
			}
			m.head.Repeats++
			continue
		}
		number := m.known.Append(r, i)
		m.known.AppendID(id, r.Key[i], r.Collected[i])
		m.content, m.origin = append(m.content, r.Content[i]), append(m.origin, r.Origin[i])
		m.buf = state.AppendKnown(m.buf[:0], &state.Known{ID: id, Content: r.Content[i], Collected: r.Collected[i], Origin: r.Origin[i], Packed: m.known.Row(number)})
		if err := b.Put(state.LogRecord, number, m.buf); err != nil {
			return err
		}
		m.buf = state.AppendRow(m.buf[:0], uint64(number), &r.FormRows, i)
		if err := b.Put(state.LogRow, number, m.buf); err != nil {
			return err
		}
		m.name(number, r.Key[i])
		m.head.Records++
	}
	return nil
}

// knows reports whether a form of the same id and content is known.
func (m *memory) knows(r *record.Records, i int, id []byte) bool {
	first, ok := m.ids[r.Key[i]]
	if !ok {
		return false
	}
	same := func(n uint32) bool { return m.content[n] == r.Content[i] && bytes.Equal(m.known.FormID.At(int(n)), id) }
	return same(first) || slices.ContainsFunc(m.again[first], same)
}

// name files a new record under its form id. Where others have that id, which
// of them keeps it is decided anew by settleIDs.
func (m *memory) name(number uint32, key record.PersonKey) {
	first, taken := m.ids[key]
	if !taken {
		m.ids[key] = number
		return
	}
	m.again[first] = append(m.again[first], number)
	m.disputed[first] = true
}

// settleIDs decides which record keeps a form id that several have, as a batch
// of all of them would. A publication reads what it decides, so it is called
// when one begins, and not while one is under way.
func (m *memory) settleIDs() {
	for first := range m.disputed {
		key := keyOf(m.known.FormID.At(int(first)))
		var claims []claim
		for _, n := range append([]uint32{first}, m.again[first]...) {
			m.known.Key[n] = key
			delete(m.known.Renamed, n)
			delete(m.kept, n)
			claims = append(claims, claim{key, m.content[n], m.known.Collected[n], n})
		}
		m.award(claims)
	}
	clear(m.disputed)
}

// award decides between claims on one form id.
func (m *memory) award(claims []claim) {
	var a awards
	a.among(claims)
	if len(a.repeats) > 0 {
		panic("BUG: a repeat was kept as a form")
	}
	for _, n := range a.kept {
		m.kept[n] = true
	}
	for i := range a.renamed {
		n := a.renamed[i].number
		id := renamed(m.known.FormID.At(int(n)), a.renamed[i].content)
		m.known.Renamed[n], m.known.Key[n] = id, keyOf(id)
	}
}

// frozen returns the memory as it is now. What is taken in later does not change
// it, so others may read it; it takes nothing in itself.
func (m *memory) frozen() *memory {
	m.settleIDs()
	f := &memory{p: m.p, log: m.log, head: m.head, sources: &record.Sources{}, cellar: m.cellar, origin: slices.Clip(m.origin),
		links: slices.Clip(m.links), before: m.before, was: m.was}
	f.known = m.known.Frozen()
	for _, name := range m.sources.Names() {
		f.sources.Add(name)
	}
	f.head.Offsets, f.head.Pairs = maps.Clone(m.head.Offsets), m.pairCounts()
	return f
}

// match finds the links of the records from from on with all before them.
func (m *memory) match(ctx context.Context, from int) error {
	m.known.Names.WeighRest(m.p.cfg.Model.Terms.Rarity)
	m.index.Take(m.known.Len())
	var next atomic.Int64
	next.Store(int64(from))
	err := each(len(m.judges), func(w int) error {
		j := m.judges[w]
		j.ctx, j.links.Links, j.took = ctx, j.links.Links[:0], j.took[:0]
		for j.err == nil {
			at := int(next.Add(matchStep)) - matchStep
			if at >= m.known.Len() {
				break
			}
			for i := at; i < min(at+matchStep, m.known.Len()) && j.err == nil; i++ {
				j.match(uint32(i))
			}
		}
		return j.err
	})
	if err != nil {
		return err
	}
	fresh := len(m.links)
	for _, j := range m.judges {
		m.links = append(m.links, j.links.Links...)
	}
	slices.SortFunc(m.links[fresh:], func(x, y record.Link) int {
		if x.B != y.B {
			return int(int64(x.B) - int64(y.B))
		}
		return int(int64(x.A) - int64(y.A))
	})
	return nil
}

// matchStep is how many records a worker takes at a time.
const matchStep = 32

// match finds the links of one record with all before it.
func (j *matcher) match(i uint32) {
	start := time.Now()
	j.pairs.Pairs = j.prober.Pairs(i, j.pairs.Pairs[:0])
	j.spent(roomBlock, start, len(j.pairs.Pairs))
	if len(j.pairs.Pairs) > 0 {
		through(&j.walk, roomCompare, j.compare, &j.pairs, &j.evidence)
		through(&j.walk, roomDecide, j.decide, &j.evidence, &j.links)
		j.rows(len(j.pairs.Pairs), roomCompare, roomDecide)
	}
	j.took = append(j.took, time.Since(start))
}

// pairCounts are those of the log and of this run.
func (m *memory) pairCounts() *record.PairCounts {
	sum := record.NewPairCounts(m.p.cfg.RuleNames())
	sum.Merge(m.head.Pairs)
	for _, j := range m.judges {
		sum.Merge(j.decide.Counts())
	}
	return sum
}

// commit writes what is new in memory with a bite, and the head that counts it.
func (m *memory) commit(b *state.Bite, spill bool) error {
	for n := int(m.head.Names) + 1; n < len(m.known.Names.Keys); n++ {
		m.buf = state.AppendName(m.buf[:0], &m.known.Names.Keys[n])
		if err := b.Put(state.LogName, uint32(n-1), m.buf); err != nil {
			return err
		}
	}
	m.head.Names = uint32(len(m.known.Names.Keys) - 1)
	for n := int(m.head.Links); n < len(m.links); n++ {
		m.buf = state.AppendLink(m.buf[:0], &m.links[n])
		if err := b.Put(state.LogLink, uint32(n), m.buf); err != nil {
			return err
		}
	}
	m.head.Links = uint32(len(m.links))
	if spill {
		return b.Spill()
	}
	m.head.Sources = slices.Clone(m.sources.Names())
	durable := m.head
	durable.Offsets = maps.Clone(m.head.Offsets)
	durable.Pairs = m.pairCounts()
	return b.Commit(&durable)
}

// full reports an error where a number would not fit.
func (m *memory) full(more int) error {
	if int64(m.known.Len()+more)*int64(len(m.p.cfg.Rules)) >= 1<<32-1 {
		return fmt.Errorf("live holds at most %d forms: clean the rest as a batch", (1<<32-1)/len(m.p.cfg.Rules))
	}
	return nil
}
