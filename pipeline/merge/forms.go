package merge

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// forms are the forms of one citizen, with what every election asks of them.
type forms struct {
	plan   *plan
	rows   *record.FormRows
	lo     int
	form   []form
	events []int32 // forms with an event, in the order in which they take effect

	home        int32      // form of the elected first residence, below 0 if none or undisputed
	number      cardNumber // of the golden record, once elected
	numberVotes int32      // forms that bear it
}

type form struct {
	collected uint32 // day, see stamp; 0 unknown
	effective uint32 // day of the event, of collection if it has none
	trust     int
	event     event
}

// load points f at the rows lo to hi.
func (f *forms) load(p *plan, rows *record.FormRows, lo, hi int, trust map[string]int) {
	f.plan, f.rows, f.lo = p, rows, lo
	f.form, f.events = f.form[:0], f.events[:0]
	f.home, f.number, f.numberVotes = -1, cardNumber{}, 0
	for i := range hi - lo {
		one := form{collected: stamp(f.value(i, p.collected)), event: eventOf(f.value(i, p.event))}
		if len(trust) > 0 {
			one.trust = max(trust[string(f.value(i, p.formType))], trust[string(f.value(i, p.office))])
		}
		if one.event != noEvent {
			one.effective = stamp(f.value(i, p.eventDate))
			if one.effective == 0 {
				one.effective = one.collected
			}
			f.events = append(f.events, int32(i))
		}
		f.form = append(f.form, one)
	}
	if len(f.events) > 1 {
		slices.SortFunc(f.events, func(a, b int32) int {
			x, y := &f.form[a], &f.form[b]
			return cmp.Or(cmp.Compare(x.effective, y.effective), cmp.Compare(x.collected, y.collected),
				bytes.Compare(f.key(int(a)), f.key(int(b))))
		})
	}
}

// value returns the clean value of form i in a column; nil for column -1.
func (f *forms) value(i, column int) []byte {
	if column < 0 {
		return nil
	}
	return f.rows.Clean[column].At(f.lo + i)
}

// has reports whether form i has a value for field p.
func (f *forms) has(i int, p *fieldPlan) bool {
	for k := range p.parts {
		if len(f.value(i, p.column+k)) > 0 {
			return true
		}
	}
	return false
}

// same reports whether forms i and j have the same value for field p.
func (f *forms) same(i, j int, p *fieldPlan) bool {
	for k := range p.parts {
		if !bytes.Equal(f.value(i, p.column+k), f.value(j, p.column+k)) {
			return false
		}
	}
	return true
}

// unanimous returns the first form that has a value for p, -1 if none has, and
// whether another form has another value.
func (f *forms) unanimous(p *fieldPlan) (first int, disputed bool) {
	first = -1
	for i := range f.form {
		switch {
		case !f.has(i, p):
		case first < 0:
			first = i
		case !f.same(first, i, p):
			return first, true
		}
	}
	return first, false
}

func (f *forms) key(i int) []byte { return f.value(i, f.plan.key) }

// seen returns the first and the last day of collection.
func (f *forms) seen() (first, last []byte) {
	for i := range f.form {
		day := f.value(i, f.plan.collected)
		if len(day) == 0 {
			continue
		}
		if first == nil || bytes.Compare(day, first) < 0 {
			first = day
		}
		if bytes.Compare(day, last) > 0 {
			last = day
		}
	}
	return first, last
}

// union returns those codes of mask that any form has.
func (f *forms) union(mask reason.Set) (s reason.Set) {
	for i := range f.form {
		s = s.Union(f.rows.Codes[f.lo+i])
	}
	return intersect(s, mask)
}

// stamp packs an ISO date, which may be partial, so that days compare as
// numbers: year<<9 | month<<5 | day. A partial date comes before all its days.
func stamp(iso []byte) uint32 {
	var part [3]uint32
	k := 0
	for _, c := range iso {
		switch {
		case c == '-' && k < 2:
			k++
		case c >= '0' && c <= '9' && part[k] < 1000:
			part[k] = part[k]*10 + uint32(c-'0')
		default:
			return 0
		}
	}
	return part[0]<<9 | min(part[1], 15)<<5 | min(part[2], 31)
}
