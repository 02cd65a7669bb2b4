package record

import (
	"sync"

	"github.com/dusach/dusach/normalize/reason"
)

// Origin says where a form came from: a number in Sources and a position in
// it (the line of a text file, the row of a sheet or table, the offset of a
// message).
type Origin struct {
	Source   uint32
	Position int64
}

// Forms is a batch of decoded forms: text as the office wrote it, valid UTF-8
// unless the row says otherwise, mapped to the fields of the schema.
type Forms struct {
	Schema *Schema
	N      int
	Cols   []Text // raw values by Field, N each; outer spaces kept
	Raw    Text   // each row as it was received, for quarantine
	Origin []Origin
	Codes  []reason.Set // what decode found
}

// Reset empties the batch for schema s and keeps its memory.
func (f *Forms) Reset(s *Schema) {
	if f.Schema != s || len(f.Cols) != len(s.Fields) {
		f.Schema, f.Cols = s, make([]Text, len(s.Fields))
	}
	f.N = 0
	for i := range f.Cols {
		f.Cols[i].Reset()
	}
	f.Raw.Reset()
	f.Origin, f.Codes = f.Origin[:0], f.Codes[:0]
}

// Refusals are rows that cannot be a usable record, with all that is needed to
// mend and resend them.
type Refusals struct {
	Key    Text // the record's id where it was readable
	Office Text // the office where it was readable
	Raw    Text
	Origin []Origin
	Codes  []reason.Set
}

// Len returns the number of refusals.
func (r *Refusals) Len() int { return len(r.Origin) }

// Append adds one refusal.
func (r *Refusals) Append(key, office, raw []byte, at Origin, codes reason.Set) {
	r.Key.Append(key)
	r.Office.Append(office)
	r.Raw.Append(raw)
	r.Origin = append(r.Origin, at)
	r.Codes = append(r.Codes, codes)
}

// Reset empties r and keeps its memory.
func (r *Refusals) Reset() {
	r.Key.Reset()
	r.Office.Reset()
	r.Raw.Reset()
	r.Origin, r.Codes = r.Origin[:0], r.Codes[:0]
}

// Merge fills r with the refusals of a and b, each in rising order of position
// within one source, in that order.
func (r *Refusals) Merge(a, b *Refusals) {
	r.Reset()
	i, j := 0, 0
	for i < a.Len() || j < b.Len() {
		if j == b.Len() || i < a.Len() && a.Origin[i].Position <= b.Origin[j].Position {
			r.copy(a, i)
			i++
		} else {
			r.copy(b, j)
			j++
		}
	}
}

func (r *Refusals) copy(from *Refusals, i int) {
	r.Append(from.Key.At(i), from.Office.At(i), from.Raw.At(i), from.Origin[i], from.Codes[i])
}

// Decoded is what the decode stage makes of one chunk: every row of it is
// either in Forms or in Refused.
type Decoded struct {
	Forms   Forms
	Refused Refusals
}

// Sources names where forms come from, by the number in Origin. It only grows,
// while others read it.
type Sources struct {
	mu    sync.RWMutex
	names []string
}

// Add returns the number of a new source.
func (s *Sources) Add(name string) uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names = append(s.names, name)
	return uint32(len(s.names) - 1)
}

// Name returns the name of source i.
func (s *Sources) Name(i uint32) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.names[i]
}

// Names returns the names added so far, by their numbers. They are not changed
// afterwards.
func (s *Sources) Names() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.names[:len(s.names):len(s.names)]
}
