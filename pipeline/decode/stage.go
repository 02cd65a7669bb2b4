package decode

import (
	"bytes"
	"context"
	"slices"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// longValue is the number of bytes from which a value is unusually long. The
// longest legal ones, remarks and addresses, stay far below.
const longValue = 4096

var unreadable = reason.Of(reason.FormRowUnreadable, reason.FormFileUnreadable)

// A Stage decodes chunks. One value is used by one goroutine.
type Stage struct {
	schema *record.Schema
	slots  []slot // fields, then the columns that fields are composed of
	values [][]byte
	text   []byte // the row at hand, mended
	arena  []byte // values that are not a part of the row as it stands
	raw    []byte

	marksWomen bool       // the source has a column in which women are marked
	codes      reason.Set // what was found in the row at hand
	control    bool       // it has control characters
	parser     parser     // of JSON objects
	member     func(name, value []byte)
	names      map[string]record.Target // of members
	from       *record.Header           // that names belongs to
}

// A slot is a value of the row at hand.
type slot = []byte

// New returns a stage for records of schema s.
func New(s *record.Schema) *Stage {
	st := &Stage{schema: s, slots: make([]slot, len(s.Fields)+numParts), names: map[string]record.Target{}}
	st.member = st.putMember
	return st
}

// Do decodes every row of in: into a form, or into a refusal if it cannot be
// read.
func (s *Stage) Do(ctx context.Context, in *record.Chunk, out *record.Decoded) error {
	s.begin(out)
	s.marksWomen = slices.ContainsFunc(in.Header.Targets, func(t record.Target) bool { return t.Role == record.RoleFemaleMark })
	for i := range in.Rows {
		if i&1023 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		s.row(in, i, out)
	}
	return nil
}

func (s *Stage) begin(out *record.Decoded) {
	out.Forms.Reset(s.schema)
	out.Refused.Reset()
	for f := range out.Forms.Cols {
		out.Forms.Cols[f].Off = append(out.Forms.Cols[f].Off, 0)
	}
}

func (s *Stage) row(in *record.Chunk, i int, out *record.Decoded) {
	row := &in.Rows[i]
	s.codes, s.arena, s.values, s.control = row.Codes, s.arena[:0], s.values[:0], false
	clear(s.slots)
	raw := in.Bytes(i)
	readable := s.codes[0]&unreadable[0]|s.codes[1]&unreadable[1] == 0
	switch {
	case in.Format == record.Cells:
		raw = s.rawCells(in, i, raw)
		if readable {
			s.cells(in, i)
		}
	case in.Format == record.JSONLines:
		readable = readable && s.object(s.mend(raw, in), in.Header)
	default:
		s.split(s.mend(raw, in), in.Header.Delimiter, row.Quoted)
		readable = readable && len(s.values) == len(in.Header.Names)
	}
	at := record.Origin{Source: in.Source, Position: row.Position}
	if !readable {
		if s.control {
			s.codes.Add(reason.TextControl)
		}
		s.refuse(in, raw, at, out)
		return
	}
	for c, v := range s.values {
		s.put(in.Header.Targets[c], v)
	}
	if in.Declared && in.Encoding != normalize.UTF8 {
		s.undo(in.Encoding)
	}
	s.compose()
	if s.control && slices.ContainsFunc(s.slots[:len(s.schema.Fields)], hasControl) {
		s.codes.Add(reason.TextControl)
	}
	s.emit(&out.Forms, raw, at)
}

// emit adds the row at hand to the forms. It writes the columns itself, as
// most of decoding is this loop; begin has set the first offsets.
func (s *Stage) emit(out *record.Forms, raw []byte, at record.Origin) {
	for f := range out.Cols {
		col, v := &out.Cols[f], s.slots[f]
		if len(v) > 0 {
			if len(v) > longValue {
				s.codes.Add(reason.TextTooLong)
			}
			col.Slab = append(col.Slab, v...)
		}
		col.Off = append(col.Off, uint32(len(col.Slab)))
	}
	out.Raw.Append(raw)
	out.Origin = append(out.Origin, at)
	out.Codes = append(out.Codes, s.codes)
	out.N++
}

// refuse sets the row at hand aside, with its key and office where they can be
// made out.
func (s *Stage) refuse(in *record.Chunk, raw []byte, at record.Origin, out *record.Decoded) {
	if !s.codes.Has(reason.FormFileUnreadable) {
		s.codes.Add(reason.FormRowUnreadable)
	}
	for c, t := range in.Header.Targets {
		if c < len(s.values) {
			s.put(t, s.values[c])
		}
	}
	out.Refused.Append(s.plain(s.schema.Key), s.plain(s.schema.ByName("office_code")), raw, at, s.codes)
}

// plain returns the value of a field if it looks like an id. The values of a
// broken row may have slipped into other columns, and a person's name is not
// to appear as the number of a form.
func (s *Stage) plain(f record.Field) []byte {
	if f == record.None {
		return nil
	}
	v := bytes.TrimSpace(s.slots[f])
	if len(v) > 64 {
		return nil
	}
	for _, b := range v {
		if !isIDByte(b) {
			return nil
		}
	}
	return v
}

func isIDByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || bytes.IndexByte([]byte("-_./:~#"), b) >= 0
}

// put gives a value to its target. Of several columns for one field the first
// that is filled in counts; a second identity number is kept apart.
func (s *Stage) put(t record.Target, v []byte) {
	if len(v) == 0 || t.Role == record.RoleIgnored {
		return
	}
	at := int(t.Field)
	if t.Role == record.RoleJoined && len(s.slots[at]) > 0 {
		s.slots[at] = s.join(", ", s.slots[at], v)
		return
	}
	if t.Role != record.RoleField && t.Role != record.RoleJoined {
		at = len(s.schema.Fields) + int(t.Role) - 1
		if t.Role == record.RoleIdentity && len(s.slots[at]) > 0 {
			at = len(s.schema.Fields) + secondIdentity
		}
	}
	if len(s.slots[at]) == 0 {
		s.slots[at] = v
	}
}

// undo undoes the encoding that was declared for the source.
func (s *Stage) undo(e normalize.Encoding) {
	for i, v := range s.slots {
		if len(v) == 0 {
			continue
		}
		start := len(s.arena)
		s.arena = normalize.AppendDecoded(s.arena, v, e)
		if now := s.arena[start:]; !bytes.Equal(now, v) {
			s.slots[i] = now
			s.codes.Add(reason.TextEncodingFixed)
		}
	}
}
