package merge

// Preferences of every kind of field.
var (
	majority = preference{"most forms", func(e *election, b *ballot) int64 { return int64(e.values[b.value].votes) }}

	supported = preference{"most forms that agree in substance", func(e *election, b *ballot) int64 {
		return int64(e.groups[e.values[b.value].group].votes)
	}}

	trusted = preference{"trust", func(e *election, b *ballot) int64 { return int64(e.forms.form[b.form].trust) }}

	longest = preference{"longest", func(e *election, b *ballot) int64 { return int64(len(e.value(b))) }}

	latest = preference{"latest", func(e *election, b *ballot) int64 {
		i := int(b.form)
		return int64(e.forms.stampFor(i, e.plan))<<32 | int64(e.forms.form[i].collected)
	}}
)

// Preferences of names.
var (
	initials = preference{"fewest initials", func(e *election, b *ballot) int64 {
		return -int64(e.values[b.value].name.initials)
	}}
	typos = preference{"fewest misspelt words", func(e *election, b *ballot) int64 {
		best := &e.groups[e.values[b.value].group].best
		if best.marks == 0 {
			return 0 // without marks hardly any word is well spelt
		}
		return -int64(best.invalid)
	}}
	fullest    = preference{"most words", func(e *election, b *ballot) int64 { return int64(e.values[b.value].name.words) }}
	bestMarked = preference{"most marks", func(e *election, b *ballot) int64 { return int64(e.values[b.value].name.score()) }}
)

// Preferences of dates and of gender. The number of the citizen, elected
// before, votes for its year and its gender as often as forms bear it.
var (
	yearVotes = preference{"year of most forms and numbers", func(e *election, b *ballot) int64 {
		votes := e.groups[e.values[b.value].group].votes
		if n := e.forms.number; n.ok && n.year == stamp(e.value(b))>>9 {
			votes += e.forms.numberVotes
		}
		return int64(votes)
	}}
	precision = preference{"precision", func(e *election, b *ballot) int64 { return int64(len(e.value(b))) }}
	namedDay  = preference{"not 01/01", func(e *election, b *ballot) int64 {
		const firstOfJanuary = 1<<5 | 1
		if stamp(e.value(b))&(1<<9-1) == firstOfJanuary {
			return 0
		}
		return 1
	}}
	genderVotes = preference{"most forms and numbers", func(e *election, b *ballot) int64 {
		votes := int64(e.values[b.value].votes)
		if n := e.forms.number; n.ok && n.female == isFemale(e.value(b)) {
			votes += int64(e.forms.numberVotes)
		}
		return votes
	}}
)

// Preferences of identity numbers.
var (
	wellFormed = preference{"well-formed", func(e *election, b *ballot) int64 {
		v := e.value(b)
		switch {
		case readCard(v).ok:
			return 2
		case len(v) == cmndLength && allDigits(v):
			return 1 // an old card in the box of the new number
		}
		return 0
	}}
	wellFormedCard = preference{"well-formed, of either length", func(e *election, b *ballot) int64 {
		v := e.value(b)
		if readCard(v).ok || len(v) == cmndLength && allDigits(v) {
			return 1
		}
		return 0
	}}
	borneOut = preference{"borne out by birth years and genders", func(e *election, b *ballot) int64 {
		return int64(e.forms.bearOut(readCard(e.value(b))))
	}}
)

// Preferences of addresses.
var (
	resolved = preference{"resolved to a commune", func(e *election, b *ballot) int64 {
		if len(e.part(b, oldCode)) > 0 || len(e.part(b, newCode)) > 0 {
			return 1
		}
		return 0
	}}
	resolution = preference{"most resolved", func(e *election, b *ballot) int64 {
		switch {
		case len(e.part(b, newCode)) > 0:
			return 3
		case len(e.part(b, oldCode)) > 0:
			return 2
		case len(e.part(b, newCandidates)) > 0:
			return 1
		}
		return 0
	}}
)

// The columns of an address after its first, as offsets.
const (
	oldCode       = 1
	newCode       = 2
	newCandidates = 3
)

func (e *election) value(b *ballot) []byte { return e.forms.value(int(b.form), e.plan.column) }

func (e *election) part(b *ballot, k int) []byte { return e.forms.value(int(b.form), e.plan.column+k) }
