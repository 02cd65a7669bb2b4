package record

import "bytes"

// A handField is a field that belongs to a group of a hand.
type handField struct {
	field         Field
	column, group int
}

// CloseRaw ends row N of r, to whose raw values every text that differs from
// the clean one was added: it notes which hand wrote raw, the texts of its
// fields as received, and what the hand gives back.
func (r *FormRows) CloseRaw(raw [][]byte) {
	h := r.handOf(raw)
	r.Raw.close(h)
	defer func() { r.written = r.written[:0] }()
	if h == 0 {
		return
	}
	e, to := r.Raw.Row(r.N)
	for _, f := range r.Schema.hands {
		for e < to && r.Raw.Field[e] < f.field {
			e++
		}
		if e < to && r.Raw.Field[e] == f.field && h.style(f.group) > 0 {
			v := r.Clean[f.column].At(r.N)
			r.Raw.Given[e] = len(v) > 0 && r.writes(h, f.group, v, r.Raw.Value.At(e))
		}
	}
}

// handOf returns the hand that wrote raw. A style is none where it would turn
// what the office wrote as a clean value.
func (r *FormRows) handOf(raw [][]byte) (h Hand) {
	for _, f := range r.Schema.hands {
		v := r.Clean[f.column].At(r.N)
		if h.style(f.group) == 0 && len(v) > 0 && !bytes.Equal(raw[f.field], v) {
			h |= r.detect(f.group, v, raw[f.field])
		}
	}
	if h == 0 {
		return 0
	}
	for _, f := range r.Schema.hands {
		v := r.Clean[f.column].At(r.N)
		if h.style(f.group) > 0 && bytes.Equal(raw[f.field], v) && !r.writes(h, f.group, v, v) {
			h &^= (1<<styleBits - 1) << (styleBits * f.group)
		}
	}
	return h
}

// detect returns the style of a group that makes raw of v.
func (r *FormRows) detect(group int, v, raw []byte) Hand {
	for n := range handGroups[group].styles {
		if h := Hand(n+1) << (styleBits * group); r.writes(h, group, v, raw) {
			return h
		}
	}
	return 0
}

func (r *FormRows) writes(h Hand, group int, v, raw []byte) bool {
	r.written = h.append(r.written[:0], v, group)
	return bytes.Equal(r.written, raw)
}

// A Restoring row is one that was stored without what its hand gives back.
type Restoring struct {
	rows *FormRows
	hand Hand
	next int // in the schema's hands
}

// Restore begins the raw values of the row of r whose clean values came last, as
// a hand wrote it. Add what was stored, in the order of fields, then Close.
func (r *FormRows) Restore(h Hand) Restoring { return Restoring{rows: r, hand: h} }

// Add adds a stored entry, and before it what the hand gives back.
func (s *Restoring) Add(f Field, raw []byte) {
	s.give(f)
	if hands := s.rows.Schema.hands; s.next < len(hands) && hands[s.next].field == f {
		s.next++
	}
	s.rows.Raw.Add(f, raw)
}

// Close ends the row.
func (s *Restoring) Close() {
	r := s.rows
	s.give(Field(len(r.Schema.Fields)))
	r.Raw.close(s.hand)
	r.written = r.written[:0]
}

// give adds what the hand makes of the fields before one.
func (s *Restoring) give(before Field) {
	r := s.rows
	for hands := r.Schema.hands; s.hand != 0 && s.next < len(hands) && hands[s.next].field < before; s.next++ {
		f := hands[s.next]
		v := r.Clean[f.column].At(len(r.Raw.Hand))
		if s.hand.style(f.group) > 0 && len(v) > 0 && !r.writes(s.hand, f.group, v, v) {
			r.Raw.add(f.field, r.written, true)
		}
	}
}

// Kept makes dst the raw values of r without what hands give back.
func (r *RawValues) Kept(dst *RawValues) {
	dst.Reset()
	for i, h := range r.Hand {
		for e, to := r.Row(i); e < to; e++ {
			if !r.Given[e] {
				dst.Add(r.Field[e], r.Value.At(e))
			}
		}
		dst.close(h)
	}
}
