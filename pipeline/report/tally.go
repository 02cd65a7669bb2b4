package report

import (
	"fmt"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// A Tally counts rows on their way out. Each worker has its own; merged in any
// order they make the same scorecard. It is for one goroutine at a time.
type Tally struct {
	schema *record.Schema
	places *gazetteer
	today  day // noDay where no form is dated
	// what follows from today, so that a row does not work it out again
	todayDays int64
	yearAgo   day
	cols      columns

	slots   []uint32 // place key → 1 + index in counted, 0 none yet
	counted []place
	pages   []dayPage

	clean, citizens []uint64 // by Field: forms and golden records with a value
	cameMore        []int64  // by Field: forms that came with a value, less clean
	forms, people   uint64
	status          [numStatuses]uint64
	sizes           [record.MaxClusterSize + 1]uint64
	larger          record.ClusterSize
	largest         uint64
	refused         uint64
	quarantine      [reason.NumCodes]uint64
	offices         officeTable

	at     []uint32 // scratch: the slot of each row
	filled []uint16 // scratch: values of each row
}

// NewTally returns an empty tally for records of schema s. Ages are taken
// against today, an ISO date; "" where no form is dated.
func NewTally(s *record.Schema, today string) (*Tally, error) {
	t := &Tally{
		schema:   s,
		places:   nation(),
		cols:     findColumns(s),
		slots:    make([]uint32, numKeys),
		clean:    make([]uint64, len(s.Fields)),
		citizens: make([]uint64, len(s.Fields)),
		cameMore: make([]int64, len(s.Fields)),
	}
	if today != "" {
		d, precision := parseISO([]byte(today))
		if precision != wholeDate {
			return nil, fmt.Errorf("today is %q: write it as 2026-11-21", today)
		}
		t.today, t.todayDays, t.yearAgo = d, d.days(), d.yearsBefore(1)
	}
	return t, nil
}

// Forms counts accepted forms.
func (t *Tally) Forms(r *record.FormRows) {
	t.reserve(r.N)
	t.placeForms(r)
	for f := range t.schema.Fields {
		col := &r.Clean[t.schema.ColumnOf[f]]
		if t.schema.Fields[f].Kind == record.KindKey {
			t.clean[f] += countFilled(col, nil, r.N)
			continue
		}
		t.clean[f] += countFilled(col, t.filled, r.N)
	}
	for i := range r.N {
		p := &t.counted[t.at[i]]
		codes := r.Codes[i]
		p.n[forms]++
		p.n[values] += uint64(t.filled[i])
		for c := range codes.All() {
			p.codes[c]++
		}
		bad := intersects(codes, errorCodes)
		p.n[formErrors] += one(bad)
		t.countOffice(r, i, bad)
		t.crossCheck(r, i, p)
		t.rawValues(r, i, p)
	}
	t.forms += uint64(r.N)
}

// crossCheck counts the agreement of the personal identity number with what it
// encodes: a check counts where both sides have a value, or where the code says
// that it was made.
func (t *Tally) crossCheck(r *record.FormRows, i int, p *place) {
	number := has(r.Clean, t.cols.number, i)
	for k, check := range crossChecks {
		bad := r.Codes[i].Has(check)
		if bad || number && has(r.Clean, t.cols.against[k], i) {
			p.n[idGenderOf+counter(2*k)]++
			p.n[idGender+counter(2*k)] += one(!bad)
		}
	}
}

// rawValues counts the values of row i that cleaning rewrote, could not keep,
// or made itself out of other cells.
func (t *Tally) rawValues(r *record.FormRows, i int, p *place) {
	from, to := r.Raw.Row(i)
	for e := from; e < to; e++ {
		f := r.Raw.Field[e]
		if t.schema.Fields[f].Kind == record.KindKey {
			continue
		}
		kept := has(r.Clean, t.schema.ColumnOf[f], i)
		came := r.Raw.Value.Off[e+1] > r.Raw.Value.Off[e]
		switch {
		case came && kept:
			p.n[changed]++
		case came:
			p.n[emptied]++
			t.cameMore[f]++
		case kept:
			p.n[derived]++
			t.cameMore[f]--
		}
	}
}

// Refusals counts refused forms.
func (t *Tally) Refusals(r *record.Refusals) {
	for i := range r.Len() {
		t.refused++
		for c := range r.Codes[i].All() {
			t.quarantine[c]++
		}
		if o := t.offices.find(r.Office.At(i)); o != nil {
			o.refused++
		}
	}
}

func (t *Tally) countOffice(r *record.FormRows, i int, bad bool) {
	if t.cols.office < 0 {
		return
	}
	if o := t.offices.find(r.Clean[t.cols.office].At(i)); o != nil {
		o.forms++
		o.errors += one(bad)
	}
}

// reserve makes the scratch columns n long; filled is zeroed.
func (t *Tally) reserve(n int) {
	if cap(t.at) < n {
		t.at, t.filled = make([]uint32, n), make([]uint16, n)
	}
	t.at, t.filled = t.at[:n], t.filled[:n]
	clear(t.filled)
}

// countFilled returns how many of the first n values are not empty, and adds
// one to each row that has one.
func countFilled(col *record.Text, rows []uint16, n int) uint64 {
	if n == 0 {
		return 0
	}
	total := uint64(0)
	off := col.Off[:n+1]
	if rows == nil {
		for i := range n {
			total += one(off[i+1] > off[i])
		}
		return total
	}
	rows = rows[:n]
	for i := range rows {
		b := one(off[i+1] > off[i])
		rows[i] += uint16(b)
		total += b
	}
	return total
}

// has reports whether column c, which may be absent, has a value in row i.
func has(cols []record.Text, c, i int) bool {
	return c >= 0 && cols[c].Off[i+1] > cols[c].Off[i]
}

func one(b bool) uint64 {
	var n uint64
	if b {
		n = 1
	}
	return n
}

// intersects reports whether s and t share a code.
func intersects(s, t reason.Set) bool { return s[0]&t[0]|s[1]&t[1] != 0 }

// errorCodes are all codes of level ERROR; doubtCodes leave open whether a
// citizen is counted once.
var (
	errorCodes = func() (s reason.Set) {
		for c := range reason.NumCodes {
			if c.Severity() == reason.Error {
				s.Add(c)
			}
		}
		return s
	}()
	doubtCodes  = reason.Of(reason.DupReview, reason.IDDuplicateDifferentPerson)
	crossChecks = [...]reason.Code{reason.IDGenderMismatch, reason.IDYearMismatch, reason.IDProvinceMismatch}
)
