package snapshot

import (
	"bytes"
	"container/heap"
	"context"
	"iter"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// citizenCursors walk the citizens of all provinces in the order of person_id:
// within a province the parts follow one another in that order.
type citizenCursors struct {
	heap   []*citizenCursor
	checks *tableChecks
	person []byte // of the citizen that stands first
	forms  uint32
}

// A citizenCursor walks the citizens of one province.
type citizenCursor struct {
	next   func() (*record.CitizenRows, error, bool)
	stop   func()
	rows   *record.CitizenRows
	at     int
	person []byte
	forms  uint32
}

// citizens opens a cursor for each province.
func (t *tableChecks) citizens(ctx context.Context, s *Snapshot) (*citizenCursors, error) {
	all := &citizenCursors{checks: t}
	parts := s.Parts(TableCitizens)
	for len(parts) > 0 {
		folder := parts[0].Path[:strings.LastIndexByte(parts[0].Path, '/')+1]
		n := 1
		for n < len(parts) && strings.HasPrefix(parts[n].Path, folder) {
			n++
		}
		c := &citizenCursor{}
		c.next, c.stop = iter.Pull2(s.readCitizens(ctx, parts[:n], []string{"person_id", "forms"}))
		parts = parts[n:]
		ok, err := c.step(t)
		if err != nil || !ok {
			c.stop()
		}
		if err != nil {
			all.stop()
			return nil, err
		}
		if ok {
			all.heap = append(all.heap, c)
		}
	}
	heap.Init(all)
	all.take()
	return all, nil
}

// step moves to the next citizen of the province and checks the order.
func (c *citizenCursor) step(t *tableChecks) (bool, error) {
	for c.rows == nil || c.at == c.rows.N {
		rows, err, ok := c.next()
		if err != nil || !ok {
			return false, err
		}
		c.rows, c.at = rows, 0
	}
	person := c.rows.Person.At(c.at)
	if bytes.Compare(c.person, person) >= 0 {
		t.order.fault("citizens of province %02d: %s follows %s", c.rows.Province[c.at], person, c.person)
	}
	c.person, c.forms = append(c.person[:0], person...), c.rows.Forms[c.at]
	c.at++
	return true, nil
}

func (a *citizenCursors) more() bool { return len(a.heap) > 0 }

func (a *citizenCursors) take() {
	if a.more() {
		a.person, a.forms = append(a.person[:0], a.heap[0].person...), a.heap[0].forms
	}
}

// advance moves on to the next citizen of all.
func (a *citizenCursors) advance() error {
	first := a.heap[0]
	ok, err := first.step(a.checks)
	if err != nil {
		return err
	}
	if ok {
		heap.Fix(a, 0)
	} else {
		first.stop()
		heap.Pop(a)
	}
	if a.more() && bytes.Equal(a.heap[0].person, a.person) {
		a.checks.order.fault("citizens: %s stands in two provinces", a.person)
	}
	a.take()
	return nil
}

func (a *citizenCursors) stop() {
	for _, c := range a.heap {
		c.stop()
	}
}

// Len, Less, Swap, Push and Pop make the cursors a heap.
func (a *citizenCursors) Len() int { return len(a.heap) }
func (a *citizenCursors) Less(i, j int) bool {
	return bytes.Compare(a.heap[i].person, a.heap[j].person) < 0
}
func (a *citizenCursors) Swap(i, j int) { a.heap[i], a.heap[j] = a.heap[j], a.heap[i] }
func (a *citizenCursors) Push(c any)    { a.heap = append(a.heap, c.(*citizenCursor)) }
func (a *citizenCursors) Pop() any {
	last := a.heap[len(a.heap)-1]
	a.heap = a.heap[:len(a.heap)-1]
	return last
}
