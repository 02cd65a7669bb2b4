package pipeline

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// A settledMark says that it is known who is who: what comparing needs is not kept
// any more, neither in memory nor in scratch.
type settledMark struct {
	Model                            []byte // that was learnt; nil: none
	Links, Founder, Splits, Findings int
}

// settled reports whether an earlier process has settled who is who.
func (l *logbook) settled() bool { return l != nil && l.taken != nil && l.taken.settled != nil }

// markSettled writes down what the tables are made of besides the rows of forms.
func (p *Pipeline) markSettled(r *run, clusters *record.Clusters, links []record.Link, extra []findings) error {
	l := r.log
	if l == nil || l.settled() {
		return nil
	}
	m := &settledMark{Links: len(links), Splits: len(clusters.Splits)}
	if r.learnt {
		var text bytes.Buffer
		if err := p.cfg.Model.Save(&text); err != nil {
			return err
		}
		m.Model = text.Bytes()
	}
	shelf, err := l.open(shelfLinks, linksBuckets)
	if err != nil {
		return err
	}
	out := shelf.Writer()
	var row []byte
	put := func(bucket int) {
		if err == nil {
			err = out.Put(bucket, row)
		}
		row = row[:0]
	}
	for i := range links {
		row = append(state.AppendLink(row, &links[i]), boolByte(links[i].Must))
		put(linksSettled)
	}
	for i, f := range clusters.Founder {
		if uint32(i) != f {
			row = binary.AppendUvarint(binary.AppendUvarint(row, uint64(i)), uint64(f))
			m.Founder++
			put(linksFounder)
		}
	}
	for i := range clusters.Splits {
		row = appendSplit(row, &clusters.Splits[i])
		put(linksSplit)
	}
	for i, f := range extra {
		if f != 0 {
			row = append(binary.AppendUvarint(row, uint64(i)), byte(f))
			m.Findings++
			put(linksFinding)
		}
	}
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	gone := []string{shelfMemo}
	if l.shelves[shelfClaims] != nil {
		gone = append(gone, shelfClaims)
	}
	r.cellar.memo = nil
	return l.noteGone(&logEntry{Settled: m}, gone, shelfLinks)
}

// recallSettled brings back who is who.
func (r *run) recallSettled() (*record.Clusters, []record.Link, []findings, error) {
	n, m, shelf := r.cellar.known.Len(), r.log.taken.settled, r.log.shelves[shelfLinks]
	c := &record.Clusters{Founder: make([]uint32, n)}
	for i := range c.Founder {
		c.Founder[i] = uint32(i)
	}
	var links []record.Link
	extra := make([]findings, n)
	var founders, found int
	numbered := func(row []byte) (uint64, []byte, error) {
		i, w := binary.Uvarint(row)
		if w <= 0 || i >= uint64(n) || len(row) == w {
			return 0, nil, state.ErrDamaged
		}
		return i, row[w:], nil
	}
	visit := [linksBuckets]func(row []byte) error{
		linksSettled: func(row []byte) error {
			last := len(row) - 1
			one, err := state.ReadLink(row[:last])
			one.Must = row[last] != 0
			links = append(links, one)
			return err
		},
		linksFounder: func(row []byte) error {
			i, rest, err := numbered(row)
			if err != nil {
				return err
			}
			f, w := binary.Uvarint(rest)
			if w != len(rest) || f >= uint64(n) {
				return state.ErrDamaged
			}
			c.Founder[i] = uint32(f)
			founders++
			return nil
		},
		linksSplit: func(row []byte) error {
			s, ok := readSplit(row)
			if !ok {
				return state.ErrDamaged
			}
			c.Splits = append(c.Splits, s)
			return nil
		},
		linksFinding: func(row []byte) error {
			i, rest, err := numbered(row)
			if err == nil {
				extra[i] = findings(rest[0])
				found++
			}
			return err
		},
	}
	for bucket, f := range visit {
		if f == nil {
			continue
		}
		if err := shelf.Bucket(bucket, f); err != nil {
			return nil, nil, nil, err
		}
	}
	if have := (settledMark{m.Model, len(links), founders, len(c.Splits), found}); have.Links != m.Links || have.Founder != m.Founder || have.Splits != m.Splits || have.Findings != m.Findings {
		return nil, nil, nil, fmt.Errorf("%w: links are missing", state.ErrDamaged)
	}
	if t := r.log.taken.judged; t != nil {
		r.pairs.Merge(&t.Counts)
		for i, n := range t.Largest {
			r.pairs.Rules[i].Largest = uint64(n)
		}
	}
	return c, links, extra, nil
}

// modelOf returns the model that an earlier process has learnt, nil if none.
func (l *logbook) modelOf() (*model.Model, error) {
	if !l.settled() || l.taken.settled.Model == nil {
		return nil, nil
	}
	return model.Load(bytes.NewReader(l.taken.settled.Model))
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

const splitSize = 4*5 + 2

func appendSplit(dst []byte, s *record.Split) []byte {
	for _, v := range []uint32{s.A, s.B, s.ByA, s.ByB, math.Float32bits(s.Average)} {
		dst = binary.LittleEndian.AppendUint32(dst, v)
	}
	return append(dst, byte(s.Why), byte(s.Constraint))
}

func readSplit(b []byte) (s record.Split, ok bool) {
	if len(b) != splitSize {
		return s, false
	}
	for i, v := range []*uint32{&s.A, &s.B, &s.ByA, &s.ByB} {
		*v = binary.LittleEndian.Uint32(b[4*i:])
	}
	s.Average = math.Float32frombits(binary.LittleEndian.Uint32(b[16:]))
	s.Why, s.Constraint = record.SplitReason(b[20]), record.Constraint(b[21])
	return s, true
}
