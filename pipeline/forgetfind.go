package pipeline

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// erasing is what a run erases of the snapshot before. Its methods do nothing
// where it is nil.
type erasing struct {
	forms     []identity        // what was found
	rows      [][]byte          // refused rows
	published map[string]bool   // ids of the forms in the snapshot
	came      map[string]bool   // ids under which they came and nobody else's form did
	asked     map[string]bool   // ids that were named
	refusals  map[position]bool // of the rows
	all       *erasure.Tombstones
	fresh     *erasure.Tombstones // those of this run alone
	before    []string            // the ones there were, as text
	entry     *audit.Entry

	persons                   map[record.PersonKey]bool // who lost a form
	dropped, refused, repeats int64                     // how many were erased
}

// identity is what makes a form the same form.
type identity struct {
	id      []byte // as it came
	content [16]byte
}

// position is where a row was read.
type position struct {
	source string
	at     int64
}

// find finds the forms and refused forms that ids name.
func (p *Pipeline) find(ctx context.Context, s *snapshot.Snapshot, job *ForgetJob) (*erasing, *Erased, error) {
	e := &erasing{published: map[string]bool{}, came: map[string]bool{}, refusals: map[position]bool{}, persons: map[record.PersonKey]bool{}}
	want := map[string]bool{} // and whether it was found
	persons, err := personsIn(ctx, s, job.IDs, want)
	if err != nil {
		return nil, nil, err
	}
	key := s.Schema.ColumnOf[s.Schema.Key]
	people := map[string]bool{}
	err = p.identities(ctx, s, func(rows *record.FormRows, i int) bool {
		id, person := string(rows.Clean[key].At(i)), string(rows.Person.At(i))
		_, named := want[id]
		if asked, of := persons[person]; of {
			want[asked], named = true, true
		} else if named {
			want[id] = true
		}
		if named {
			e.published[id], people[person] = true, true
		}
		return named
	}, func(one identity) { e.forms = append(e.forms, one) })
	if err != nil {
		return nil, nil, err
	}
	if err := e.findCame(ctx, s); err != nil {
		return nil, nil, err
	}
	if err := e.findRefusals(ctx, s, want); err != nil {
		return nil, nil, err
	}
	if err := missing(s, job.IDs, want); err != nil {
		return nil, nil, err
	}
	e.asked = want
	return e, &Erased{Forms: int64(len(e.forms)), Refusals: int64(len(e.rows)), Persons: int64(len(people))}, nil
}

// personsIn sorts the ids: those of persons lead to who has their forms now, all
// others go to want.
func personsIn(ctx context.Context, s *snapshot.Snapshot, ids []string, want map[string]bool) (persons map[string]string, err error) {
	persons = map[string]string{}
	for _, id := range ids {
		want[id] = false
		if _, ok := record.ParsePerson([]byte(id)); !ok {
			continue
		}
		now, _, err := lookup.New(s).Resolve(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, person := range now {
			persons[person] = id
		}
	}
	return persons, nil
}

// missing is an error where an id was not found: nothing is erased by halves.
func missing(s *snapshot.Snapshot, ids []string, found map[string]bool) error {
	var lost []string
	for _, id := range ids {
		if !found[id] && !slices.Contains(lost, id) {
			lost = append(lost, id)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	shown := strings.Join(lost[:min(len(lost), 5)], ", ")
	return say.Errorf("bản chụp %s không có %d mã đã cho (%s): chưa xóa gì; hãy kiểm tra các mã, hoặc bỏ những mã đã xóa trước đây",
		"snapshot %s does not have %d of the ids (%s): nothing was erased; check them, or leave out those that were erased before", s.Number, len(lost), shown)
}

// identities tells what identifies the forms of a snapshot that are wanted.
func (p *Pipeline) identities(ctx context.Context, s *snapshot.Snapshot, want func(*record.FormRows, int) bool, tell func(identity)) error {
	room := p.standardizer(nil)
	var forms record.Forms
	var cleaned record.Cleaned
	for rows, err := range s.ReadForms(ctx) {
		if err != nil {
			return err
		}
		forms.Reset(s.Schema)
		for i := range rows.N {
			if want(rows, i) {
				appendAsItCame(&forms, rows, i)
			}
		}
		if err := room.Do(ctx, &forms, &cleaned); err != nil {
			return err
		}
		r := &cleaned.Records
		if r.N < forms.N {
			return errors.New("a form of the snapshot is refused by this version: run dusach clean on the store first")
		}
		for i := range r.N {
			tell(identity{bytes.Clone(r.Clean[s.Schema.ColumnOf[s.Schema.Key]].At(i)), r.Content[i]})
		}
	}
	return nil
}

// cameAs returns the id under which a published form may have come: without the
// hash that sets it apart from others of its id.
func cameAs(id []byte, codes reason.Set) []byte {
	const hash = 1 + 2*16
	if at := len(id) - hash; codes.Has(reason.FormIDReused) && at >= 0 && id[at] == '~' {
		return id[:at]
	}
	return id
}

// findCame finds the ids under which nothing is left once the forms are gone.
func (e *erasing) findCame(ctx context.Context, s *snapshot.Snapshot) error {
	for _, f := range e.forms {
		e.came[string(f.id)] = true
	}
	key := s.Schema.ColumnOf[s.Schema.Key]
	for rows, err := range s.ReadForms(ctx, "form_id", "reason_codes") {
		if err != nil {
			return err
		}
		for i := range rows.N {
			if id := rows.Clean[key].At(i); !e.published[string(id)] {
				delete(e.came, string(cameAs(id, rows.Codes[i])))
			}
		}
	}
	return nil
}

// findRefusals finds the refused rows under the ids that were named, or that the
// forms came under.
func (e *erasing) findRefusals(ctx context.Context, s *snapshot.Snapshot, want map[string]bool) error {
	var sources record.Sources
	for rows, err := range s.ReadQuarantine(ctx, &sources) {
		if err != nil {
			return err
		}
		for i := range rows.Len() {
			id := string(bytes.TrimSpace(rows.Key.At(i)))
			_, named := want[id]
			if id == "" || !named && !e.came[id] {
				continue
			}
			if named {
				want[id] = true
			}
			e.rows = append(e.rows, bytes.Clone(rows.Raw.At(i)))
			e.refusals[positionOf(rows.Origin[i], &sources)] = true
		}
	}
	return nil
}

func positionOf(o record.Origin, sources *record.Sources) position {
	return position{sources.Name(o.Source), o.Position}
}

// holders lists the snapshots that hold what is erased, the current one among
// them.
func (p *Pipeline) holders(ctx context.Context, e *erasing, current *snapshot.Snapshot) (list []string, err error) {
	numbers, err := snapshot.Numbers(current.Store)
	if err != nil {
		return nil, err
	}
	for _, number := range numbers {
		if number >= current.Number {
			break
		}
		s, err := snapshot.Open(current.Store, number)
		if errors.Is(err, snapshot.ErrWithdrawn) {
			continue
		}
		if err != nil {
			return nil, err
		}
		holds, err := p.holds(ctx, e, s)
		if err != nil {
			return nil, err
		}
		if holds {
			list = append(list, number)
		}
	}
	return append(list, current.Number), nil
}

func (p *Pipeline) holds(ctx context.Context, e *erasing, s *snapshot.Snapshot) (bool, error) {
	ids := map[string]bool{}
	for _, f := range e.forms {
		ids[string(f.id)] = true
	}
	seeker, found := e.fresh.Seeker(), false
	key := s.Schema.ColumnOf[s.Schema.Key]
	err := p.identities(ctx, s, func(rows *record.FormRows, i int) bool {
		return ids[string(cameAs(rows.Clean[key].At(i), rows.Codes[i]))]
	}, func(one identity) { found = found || seeker.HasForm(one.id, one.content) })
	if err != nil || found {
		return found, err
	}
	var sources record.Sources
	for rows, err := range s.ReadQuarantine(ctx, &sources) {
		if err != nil {
			return false, err
		}
		for i := range rows.Len() {
			if seeker.HasRefusal(rows.Key.At(i), rows.Raw.At(i)) {
				return true, nil
			}
		}
	}
	return false, nil
}

// drops reports whether a form of the snapshot is erased, and counts it.
func (e *erasing) drops(id []byte, person record.PersonKey) bool {
	if e == nil || !e.published[string(id)] {
		return false
	}
	e.dropped++
	e.persons[person] = true
	return true
}

// keptRefusals returns the rows that are not erased.
func (e *erasing) keptRefusals(rows *record.Refusals, sources *record.Sources) *record.Refusals {
	if e == nil || len(e.refusals) == 0 {
		return rows
	}
	kept := &record.Refusals{}
	for i := range rows.Len() {
		if e.refusals[positionOf(rows.Origin[i], sources)] {
			e.refused++
			continue
		}
		kept.Append(rows.Key.At(i), rows.Office.At(i), rows.Raw.At(i), rows.Origin[i], rows.Codes[i])
	}
	return kept
}

// keptOrigins returns the origins of what is not erased. A repeat of an erased
// form goes with it, unless others came under its id: a repeat does not say of
// which content it was.
func (e *erasing) keptOrigins(rows *record.OriginRows, sources *record.Sources) *record.OriginRows {
	if e == nil {
		return rows
	}
	kept := &record.OriginRows{}
	for i := range rows.N {
		key, at := rows.Key.At(i), record.Origin{Source: rows.Source[i], Position: rows.Position[i]}
		gone := false
		switch rows.Outcome[i] {
		case record.Accepted:
			gone = e.published[string(key)]
		case record.Repeat:
			if gone = e.came[string(key)]; gone {
				e.repeats++
			}
		case record.Refused:
			gone = e.refusals[positionOf(at, sources)]
		}
		if !gone {
			kept.Add(key, at, rows.Outcome[i])
		}
	}
	return kept
}

// lost are person_ids that lead to nobody any more.
type lost map[string]bool

// goneFor returns the persons of the snapshot before of whom nothing is left,
// and all that led to them alone.
func (r *run) goneFor(b *before) (lost, error) {
	if b.erase == nil {
		return nil, nil
	}
	left := b.erase.persons
	for _, key := range b.person {
		delete(left, key)
	}
	gone := lost{}
	for key := range left {
		gone[string(record.AppendPerson(nil, key))] = true
	}
	for grown := len(gone) > 0; grown; {
		grown = false
		leads := map[string]bool{} // whether an id that leads to a lost one leads elsewhere too
		for rows, err := range b.snapshot.ReadHistory(r.ctx) {
			if err != nil {
				return nil, err
			}
			for i := range rows.N {
				id := string(rows.Person.At(i))
				leads[id] = leads[id] || !gone[string(rows.Became.At(i))]
			}
		}
		for id, elsewhere := range leads {
			if !elsewhere && !gone[id] {
				gone[id], grown = true, true
			}
		}
	}
	return gone, nil
}

// keptHistory returns the rows that lead to somebody.
func (l lost) keptHistory(rows *record.HistoryRows) *record.HistoryRows {
	if len(l) == 0 {
		return rows
	}
	kept := &record.HistoryRows{}
	for i := range rows.N {
		if !l[string(rows.Person.At(i))] && !l[string(rows.Became.At(i))] {
			kept.Add(rows.Person.At(i), rows.Became.At(i), string(rows.Change.At(i)), string(rows.Since.At(i)))
		}
	}
	return kept
}
