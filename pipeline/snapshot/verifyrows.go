package snapshot

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
	"github.com/dusach/dusach/pipeline/record"
)

// tableChecks try the laws about rows.
type tableChecks struct {
	order, clusters, links, origins, text *check
}

func newTableChecks() *tableChecks {
	return &tableChecks{newCheck(CheckOrder), newCheck(CheckClusters), newCheck(CheckLinks), newCheck(CheckOrigins), newCheck(CheckText)}
}

// idsAtOnce is how many form ids are held at a time, 8 bytes each. A larger
// store takes several passes, each over a share of the hashes.
var idsAtOnce int64 = 32 << 20

func (t *tableChecks) run(ctx context.Context, s *Snapshot) error {
	if err := t.people(ctx, s); err != nil {
		return err
	}
	if err := t.texts(ctx, s); err != nil {
		return err
	}
	passes := uint64(s.Manifest.Counts.Forms/idsAtOnce) + 1
	for pass := range passes {
		if err := t.ids(ctx, s, func(h uint64) bool { return h%passes == pass }, pass == 0); err != nil {
			return err
		}
	}
	return nil
}

// people walks forms and citizens side by side, both in the order of
// person_id, so that it holds one row of each.
func (t *tableChecks) people(ctx context.Context, s *Snapshot) error {
	nextForm, stop := iter.Pull2(s.ReadForms(ctx, "form_id", "person_id"))
	defer stop()
	forms := &formCursor{next: nextForm, checks: t}
	if err := forms.step(); err != nil {
		return err
	}
	people, err := t.citizens(ctx, s)
	if err != nil {
		return err
	}
	defer people.stop()
	for people.more() {
		person, count := people.person, people.forms
		for forms.ok && bytes.Compare(forms.person, person) < 0 {
			t.clusters.fault("form %s belongs to citizen %s, who does not exist", forms.form, forms.person)
			if err := forms.step(); err != nil {
				return err
			}
		}
		n := uint32(0)
		for forms.ok && bytes.Equal(forms.person, person) {
			n++
			if err := forms.step(); err != nil {
				return err
			}
		}
		if n != count {
			t.clusters.fault("citizen %s says %d forms and has %d", person, count, n)
		}
		if err := people.advance(); err != nil {
			return err
		}
	}
	for forms.ok {
		t.clusters.fault("form %s belongs to citizen %s, who does not exist", forms.form, forms.person)
		if err := forms.step(); err != nil {
			return err
		}
	}
	return nil
}

// A formCursor walks the forms and checks their order.
type formCursor struct {
	next         func() (*record.FormRows, error, bool)
	checks       *tableChecks
	rows         *record.FormRows
	at           int
	person, form []byte
	ok           bool
}

// step moves to the next form. The ids are copies: the batch is reused.
func (c *formCursor) step() error {
	for c.rows == nil || c.at == c.rows.N {
		rows, err, ok := c.next()
		if err != nil {
			return err
		}
		if !ok {
			c.ok = false
			return nil
		}
		c.rows, c.at = rows, 0
	}
	person := c.rows.Person.At(c.at)
	form := c.rows.Clean[c.rows.Schema.ColumnOf[c.rows.Schema.Key]].At(c.at)
	c.at++
	if order := bytes.Compare(c.person, person); c.ok && (order > 0 || order == 0 && bytes.Compare(c.form, form) >= 0) {
		c.checks.order.fault("forms: %s follows %s", form, c.form)
	}
	c.person, c.form = append(c.person[:0], person...), append(c.form[:0], form...)
	c.ok = true
	return nil
}

// texts looks for text that is no UTF-8, in every column of forms and citizens.
func (t *tableChecks) texts(ctx context.Context, s *Snapshot) error {
	look := func(table, column string, v *record.Text) {
		if !utf8.Valid(v.Slab) || !startsAtRunes(v) {
			t.text.fault("%s: column %s holds bytes that are no UTF-8", table, column)
		}
	}
	for rows, err := range s.ReadForms(ctx) {
		if err != nil {
			return err
		}
		for c := range rows.Clean {
			look(TableForms, rows.Schema.Columns[c].Name, &rows.Clean[c])
		}
		look(TableForms, "raw_values", &rows.Raw.Value)
	}
	for rows, err := range s.ReadCitizens(ctx) {
		if err != nil {
			return err
		}
		for c := range rows.Clean {
			look(TableCitizens, rows.Schema.Columns[rows.Schema.CitizenColumns[c]].Name, &rows.Clean[c])
		}
	}
	return nil
}

// ids checks, for the form ids whose hash is in the share, that each is there
// once, that links join such forms, and that each form has one origin. What
// does not need the ids is checked in the first pass.
func (t *tableChecks) ids(ctx context.Context, s *Snapshot, share func(uint64) bool, first bool) error {
	var known []uint64
	key := s.Schema.ColumnOf[s.Schema.Key]
	for rows, err := range s.ReadForms(ctx, "form_id") {
		if err != nil {
			return err
		}
		for i := range rows.N {
			if h := xxhash.Sum64(rows.Clean[key].At(i)); share(h) {
				known = append(known, h)
			}
		}
	}
	slices.Sort(known)
	for i := 1; i < len(known); i++ {
		if known[i] == known[i-1] {
			t.order.fault("forms: two forms have one form_id (hash %016x)", known[i])
		}
	}
	if err := t.linkIDs(ctx, s, known, share, first); err != nil {
		return err
	}
	return t.originIDs(ctx, s, known, share, first)
}

func (t *tableChecks) linkIDs(ctx context.Context, s *Snapshot, known []uint64, share func(uint64) bool, whole bool) error {
	var lastA, lastB []byte
	for rows, err := range s.ReadLinks(ctx) {
		if err != nil {
			return err
		}
		for i := range rows.N {
			a, b := rows.FormA.At(i), rows.FormB.At(i)
			for _, id := range [2][]byte{a, b} {
				if h := xxhash.Sum64(id); share(h) && !contains(known, h) {
					t.links.fault("a link names form %s, which does not exist", id)
				}
			}
			if !whole {
				continue
			}
			if bytes.Compare(a, b) >= 0 {
				t.order.fault("links: %s is not before %s", a, b)
			}
			if order := bytes.Compare(lastA, a); order > 0 || order == 0 && bytes.Compare(lastB, b) >= 0 {
				t.order.fault("links: (%s, %s) follows (%s, %s)", a, b, lastA, lastB)
			}
			if p := rows.Probability[i]; !(p >= 0 && p <= 1) {
				t.links.fault("the link of %s and %s has probability %v", a, b, p)
			}
			lastA, lastB = append(lastA[:0], a...), append(lastB[:0], b...)
		}
	}
	return nil
}

func contains(sorted []uint64, h uint64) bool {
	_, ok := slices.BinarySearch(sorted, h)
	return ok
}

// originIDs checks that the forms among the origins are the forms of the
// table, each once.
func (t *tableChecks) originIDs(ctx context.Context, s *Snapshot, known []uint64, share func(uint64) bool, whole bool) error {
	var outcomes [3]int64
	var accepted []uint64
	var sources record.Sources
	for rows, err := range s.ReadOrigins(ctx, &sources) {
		if err != nil {
			return err
		}
		for i := range rows.N {
			outcomes[rows.Outcome[i]]++
			if rows.Outcome[i] == record.Refused {
				continue
			}
			id := rows.Key.At(i)
			h := xxhash.Sum64(id)
			if !share(h) {
				continue
			}
			if !contains(known, h) {
				t.origins.fault("the %s %s has an origin, but is no form of the table", rows.Outcome[i], id)
			}
			if rows.Outcome[i] == record.Accepted {
				accepted = append(accepted, h)
			}
		}
	}
	slices.Sort(accepted)
	if n := len(slices.Compact(accepted)); n != len(accepted) {
		t.origins.fault("%d forms have more than one origin", len(accepted)-n)
	} else if n != len(slices.Compact(known)) {
		t.origins.fault("of %d forms, %d have an origin", len(known), n)
	}
	counts := s.Manifest.Counts
	if want := [3]int64{counts.Forms, counts.Repeats, counts.Quarantine}; whole && outcomes != want {
		t.origins.fault("origins of %s: the counts say %s", outcomeText(outcomes), outcomeText(want))
	}
	return nil
}

func outcomeText(n [3]int64) string {
	return fmt.Sprintf("%d forms, %d repeats, %d refusals", n[0], n[1], n[2])
}
