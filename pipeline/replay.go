package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// A clean on an existing store adds to it: the forms of the published snapshot
// walk through the house again, as they came, before the new ones. That is the
// same as one batch of all of them, which is what the laws ask for.

// before is what a run goes on from.
type before struct {
	snapshot *snapshot.Snapshot
	forms    int                // records 0 … forms-1 are its forms
	person   []record.PersonKey // of each of them
	ids      map[uint32][]byte  // under which those were published whose own id was taken
	erase    *erasing           // what is left out of it; nil: nothing
	sent     int                // forms that an earlier process of this run has read
}

// idOf returns the id under which form i of the snapshot before, whose id was
// taken, is published there.
func (b *before) idOf(i uint32, renamed []byte) []byte {
	if id, ok := b.ids[i]; ok {
		return id
	}
	return idBefore(renamed)
}

// codesOfDecode are found in the bytes of a form, which the snapshot does not
// keep; they are carried over.
var codesOfDecode = []reason.Code{
	reason.TextInvalidUTF8, reason.TextControl, reason.TextTooLong, reason.TextEncodingFixed,
}

// replay sends the forms of the snapshot before, batch by batch.
func (b *before) replay(ctx context.Context, s *record.Schema, send func(*record.Forms) error) error {
	if err := b.snapshot.Sound(ctx); err != nil {
		return err
	}
	var columns []string
	if b.sent > 0 && b.sent == int(b.snapshot.Manifest.Counts.Forms) { // only who they were is asked
		columns = []string{"form_id", "person_id", "reason_codes"}
	}
	for rows, err := range b.snapshot.ReadForms(ctx, columns...) {
		if err != nil {
			return err
		}
		again := b.forms < b.sent
		if again && b.forms+rows.N > b.sent {
			return fmt.Errorf("%w: it breaks off within a batch", state.ErrDamaged)
		}
		forms := new(record.Forms)
		forms.Reset(s)
		for i := range rows.N {
			key, ok := record.ParsePerson(rows.Person.At(i))
			if !ok {
				panic("BUG: a form without a person_id was read")
			}
			if b.erase.drops(rows.Clean[s.ColumnOf[s.Key]].At(i), key) {
				continue
			}
			b.person = append(b.person, key)
			if !again {
				appendAsItCame(forms, rows, i)
			}
			if rows.Codes[i].Has(reason.FormIDReused) {
				b.ids[uint32(len(b.person)-1)] = bytes.Clone(rows.Clean[s.ColumnOf[s.Key]].At(i))
			}
		}
		if again {
			b.forms += rows.N
			continue
		}
		b.forms += forms.N
		if err := send(forms); err != nil {
			return err
		}
	}
	return nil
}

// appendAsItCame appends row i as the office wrote it.
func appendAsItCame(forms *record.Forms, rows *record.FormRows, i int) {
	schema := rows.Schema
	from, to := rows.Raw.Row(i)
	object := map[string]string{}
	for f := range schema.Fields {
		v := rows.Clean[schema.ColumnOf[f]].At(i)
		for e := from; e < to; e++ {
			if rows.Raw.Field[e] == record.Field(f) {
				v = rows.Raw.Value.At(e)
			}
		}
		forms.Cols[f].Append(v)
		if len(v) > 0 {
			object[schema.Fields[f].Name] = string(v)
		}
	}
	raw, err := json.Marshal(object)
	if err != nil {
		panic("BUG: texts that are no JSON: " + err.Error())
	}
	forms.Raw.Append(raw)
	var codes reason.Set
	for _, c := range codesOfDecode {
		if rows.Codes[i].Has(c) {
			codes.Add(c)
		}
	}
	forms.Codes = append(forms.Codes, codes)
	forms.Origin = append(forms.Origin, record.Origin{Source: replayed})
	forms.N++
}

// replayed is the source of records whose origin the snapshot before knows.
const replayed = 1<<32 - 1

// carryOver copies the refusals and origins of the snapshot before. A form
// whose id was taken by an earlier form since is found under its new one.
func (r *run) carryOver() error {
	if r.before == nil {
		return nil
	}
	s := r.before.snapshot
	sources := r.reader.Sources()
	for rows, err := range s.ReadQuarantine(r.ctx, sources) {
		if err != nil {
			return err
		}
		rows = r.erase.keptRefusals(rows, sources)
		r.refused.Refusals(rows)
		if err := r.quarantine.WriteRows(rows); err != nil {
			return err
		}
	}
	c := s.Manifest.Counts
	if r.erase != nil {
		c.Quarantine -= r.erase.refused
		r.counts.FormsIn += r.erase.dropped
		r.counts.Forgotten += r.erase.dropped + r.erase.refused
	}
	r.counts.FormsIn += c.FormsIn - c.Forms
	r.counts.Quarantine += c.Quarantine
	r.counts.Repeats += c.Repeats
	r.counts.Forgotten += c.Forgotten
	return nil
}

// carryOrigins copies the origins of the snapshot before, under the ids of now.
func (r *run) carryOrigins() error {
	if r.before == nil {
		return nil
	}
	renamed := map[string][]byte{}
	for i, id := range r.cellar.known.Renamed {
		if was := r.before.idOf(i, id); int(i) < r.before.forms && !bytes.Equal(was, id) {
			renamed[string(was)] = id
		}
	}
	for i, was := range r.before.ids { // those whose id is free again: who had it was erased
		if id := r.cellar.known.ID(i); !bytes.Equal(was, id) {
			renamed[string(was)] = bytes.Clone(id)
		}
	}
	for rows, err := range r.before.snapshot.ReadOrigins(r.ctx, r.reader.Sources()) {
		if err != nil {
			return err
		}
		rows = r.erase.keptOrigins(rows, r.reader.Sources())
		if len(renamed) > 0 {
			rows = renameOrigins(rows, renamed)
		}
		if err := r.origins.WriteRows(rows); err != nil {
			return err
		}
	}
	if r.erase != nil {
		r.counts.Repeats -= r.erase.repeats
		r.counts.Forgotten += r.erase.repeats
	}
	return nil
}

func renameOrigins(rows *record.OriginRows, renamed map[string][]byte) *record.OriginRows {
	out := new(record.OriginRows)
	for i := range rows.N {
		key := rows.Key.At(i)
		if id, ok := renamed[string(key)]; ok && rows.Outcome[i] == record.Accepted {
			key = id
		}
		out.Add(key, record.Origin{Source: rows.Source[i], Position: rows.Position[i]}, rows.Outcome[i])
	}
	return out
}
