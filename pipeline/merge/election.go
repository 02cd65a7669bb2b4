package merge

import (
	"bytes"
	"math"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// An election chooses the value of one field among the forms that have one.
// Its memory is used again by the next.
type election struct {
	forms   *forms
	plan    *fieldPlan
	ballots []ballot // one a form that has a value, in the order of the rows
	running []int32  // ballots that still stand
	scores  []int64
	values  []candidate // the distinct values
	slots   []int32     // hash table of values: index + 1
	groups  []group     // of values that support each other, see alike
}

type ballot struct {
	form  int32 // index in forms
	value int32 // index in values
}

// A candidate is one distinct value.
type candidate struct {
	hash  uint64
	form  int32 // one that bears it
	votes int32 // forms that bear it
	group int32 // index in groups
	name  spelling
}

// A group is the values that say the same in substance.
type group struct {
	votes int32    // forms that bear one of them
	best  spelling // of names, the best spelt of them
}

// field elects the value of p.
func (e *election) field(f *forms, p *fieldPlan) pick {
	e.values = e.values[:0]
	first, disputed := f.unanimous(p)
	if first < 0 {
		return nothing
	}
	winner := int32(first)
	withHome := p.withHome && f.home >= 0
	if disputed || withHome || len(f.events) > 0 {
		e.collect(f, p)
		e.describe()
		if by := f.governing(p, len(f.events)); by >= 0 {
			e.restrict(by)
		}
		if withHome {
			e.keep(func(b ballot) bool { return !f.movedSince(int(b.form), p) })
		}
		if winner = e.choose(); winner < 0 {
			return nothing
		}
	}
	return pick{column: int32(p.column), row: int32(f.lo) + winner, disputed: disputed}
}

// collect counts the ballots of field p.
func (e *election) collect(f *forms, p *fieldPlan) {
	e.forms, e.plan = f, p
	e.ballots, e.running, e.values = e.ballots[:0], e.running[:0], e.values[:0]
	size := 4
	for size < 2*len(f.form) {
		size *= 2
	}
	for len(e.slots) < size {
		e.slots = append(e.slots, 0)
	}
	slots := e.slots[:size]
	clear(slots)
	for i := range f.form {
		if !f.has(i, p) {
			continue
		}
		v := e.valueOf(i, slots)
		e.values[v].votes++
		e.running = append(e.running, int32(len(e.ballots)))
		e.ballots = append(e.ballots, ballot{form: int32(i), value: v})
	}
}

// valueOf returns the index of the value of form i, a new one if need be.
func (e *election) valueOf(i int, slots []int32) int32 {
	f, p := e.forms, e.plan
	hash := xxhash.Sum64(f.value(i, p.column))
	for k := 1; k < p.parts; k++ {
		hash = hash*31 + xxhash.Sum64(f.value(i, p.column+k))
	}
	at := int(hash) & (len(slots) - 1)
	for ; slots[at] != 0; at = (at + 1) & (len(slots) - 1) {
		v := slots[at] - 1
		if e.values[v].hash == hash && f.same(int(e.values[v].form), i, p) {
			return v
		}
	}
	e.values = append(e.values, candidate{hash: hash, form: int32(i)})
	slots[at] = int32(len(e.values))
	return int32(len(e.values) - 1)
}

// describe works out the groups of the values and, of names, their spelling.
func (e *election) describe() {
	e.groups = e.groups[:0]
	for v := range e.values {
		c := &e.values[v]
		if e.plan.kind == record.KindName {
			c.name = spell(e.forms.value(int(c.form), e.plan.column))
		}
		c.group = -1
		for w := range v {
			if e.alike(c, &e.values[w]) {
				c.group = e.values[w].group
				break
			}
		}
		if c.group < 0 {
			c.group = int32(len(e.groups))
			e.groups = append(e.groups, group{best: c.name})
		}
		g := &e.groups[c.group]
		g.votes += c.votes
		if c.name.better(&g.best) {
			g.best = c.name
		}
	}
}

// alike reports whether two values support each other: names that differ in
// marks only, dates of one year, places in one commune. It is an
// equivalence, so groups do not depend on the order of the values.
func (e *election) alike(a, b *candidate) bool {
	switch e.plan.kind {
	case record.KindName:
		return a.name.folded == b.name.folded
	case record.KindDate:
		x, y := e.forms.value(int(a.form), e.plan.column), e.forms.value(int(b.form), e.plan.column)
		return stamp(x)>>9 == stamp(y)>>9
	case record.KindOrigin:
		part := newCode
		if len(e.forms.value(int(a.form), e.plan.column+part)) == 0 && len(e.forms.value(int(b.form), e.plan.column+part)) == 0 {
			part = oldCode
		}
		x, y := e.forms.value(int(a.form), e.plan.column+part), e.forms.value(int(b.form), e.plan.column+part)
		return len(x) > 0 && bytes.Equal(x, y)
	}
	return false
}

// restrict leaves in the running what the governing event, in form by, lets
// stand. Of what lasts for life the event decides, but a name that the event
// has without marks may be taken with them; of what changes in time, later
// forms may tell more.
func (e *election) restrict(by int) {
	rule, day := e.plan.rule, e.forms.stampFor(by, e.plan)
	group := int32(-1)
	for _, b := range e.ballots {
		if c := &e.values[b.value]; int(b.form) == by && e.plan.kind == record.KindName && c.name.marks == 0 {
			group = c.group
		}
	}
	e.keep(func(b ballot) bool {
		return int(b.form) == by || e.values[b.value].group == group ||
			rule.changes && e.forms.stampFor(int(b.form), e.plan) > day
	})
}

// keep takes out of the running the ballots for which ok is false.
func (e *election) keep(ok func(ballot) bool) {
	n := 0
	for _, k := range e.running {
		if ok(e.ballots[k]) {
			e.running[n] = k
			n++
		}
	}
	e.running = e.running[:n]
}

// choose returns the form that the rule prefers, -1 if none is in the running.
func (e *election) choose() int32 {
	if len(e.running) == 0 {
		return -1
	}
	e.prefer(e.plan.rule.preferences)
	winner := e.last()
	if !e.plan.rule.respell {
		return e.ballots[winner].form
	}
	group := e.values[e.ballots[winner].value].group
	e.running = e.running[:0]
	for k := range e.ballots {
		e.running = append(e.running, int32(k))
	}
	e.keep(func(b ballot) bool { return e.values[b.value].group == group })
	e.prefer(nameRule.preferences)
	return e.ballots[e.last()].form
}

// prefer applies preferences in turn.
func (e *election) prefer(preferences []preference) {
	for _, p := range preferences {
		if len(e.running) < 2 {
			return
		}
		best := int64(math.MinInt64)
		e.scores = e.scores[:0]
		for _, k := range e.running {
			score := p.score(e, &e.ballots[k])
			e.scores = append(e.scores, score)
			best = max(best, score)
		}
		n := 0
		for i, k := range e.running {
			if e.scores[i] == best {
				e.running[n] = k
				n++
			}
		}
		e.running = e.running[:n]
	}
}

// last returns, of the ballots in the running, that with the greatest form_id.
func (e *election) last() int32 {
	winner := e.running[0]
	for _, k := range e.running[1:] {
		if bytes.Compare(e.forms.key(int(e.ballots[k].form)), e.forms.key(int(e.ballots[winner].form))) > 0 {
			winner = k
		}
	}
	return winner
}

// carried returns the reason codes about p that still hold of its elected
// value: those that all forms bear which have this value or, where there is no
// value, those that any form bears.
func (e *election) carried(f *forms, p *fieldPlan, winner pick) reason.Set {
	if p.codes.Empty() {
		return reason.Set{}
	}
	if winner.row < 0 {
		return f.union(p.codes)
	}
	s := p.codes
	chosen := int(winner.row) - f.lo
	for i := range f.form {
		if f.same(chosen, i, p) {
			s = intersect(s, f.rows.Codes[f.lo+i])
		}
	}
	return s
}
