package compare

import (
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/pipeline/record"
)

// The forms for bites of comparisons that are made of nearly every pair. Each says
// what its single form says. Those of names ask for what the list of names holds of
// all live pairs before they judge one.

func birthDateBites(at []int) biteBinding {
	date := at[0]
	return func(t *bite, c int) {
		for _, i := range t.live {
			t.levels[i][c] = library.BirthDate(record.Date(t.a[i], date), record.Date(t.b[i], date))
		}
	}
}

func phoneBites(at []int) biteBinding {
	phone := at[0]
	return func(t *bite, c int) {
		for _, i := range t.live {
			t.levels[i][c] = library.Phone(uint64(record.Uint32(t.a[i], phone)), uint64(record.Uint32(t.b[i], phone)))
		}
	}
}

func codeBites(at []int) biteBinding {
	code := at[0]
	return func(t *bite, c int) {
		for _, i := range t.live {
			t.levels[i][c] = library.Code(t.a[i][code], t.b[i][code])
		}
	}
}

func religionBites(at []int) biteBinding {
	religion := at[0]
	return func(t *bite, c int) {
		for _, i := range t.live {
			t.levels[i][c] = library.Religion(t.a[i][religion], t.b[i][religion])
		}
	}
}

func parentsBites(at []int) biteBinding {
	father, mother := at[0], at[1]
	return func(t *bite, c int) {
		names := t.k.Names.Numbered()
		for _, i := range t.live {
			a, b := t.a[i], t.b[i]
			t.touched += names.Touch(record.Uint32(a, father), record.Uint32(b, father)) + names.Touch(record.Uint32(a, mother), record.Uint32(b, mother))
		}
		for _, i := range t.live {
			a, b := t.a[i], t.b[i]
			t.levels[i][c] = names.Parents(record.Uint32(a, father), record.Uint32(a, mother), record.Uint32(b, father), record.Uint32(b, mother))
		}
	}
}

func spouseBites(at []int) biteBinding {
	spouse := at[0]
	return func(t *bite, c int) {
		names := t.k.Names.Numbered()
		for _, i := range t.live {
			t.touched += names.Touch(record.Uint32(t.a[i], spouse), record.Uint32(t.b[i], spouse))
		}
		for _, i := range t.live {
			t.levels[i][c] = names.Spouse(record.Uint32(t.a[i], spouse), record.Uint32(t.b[i], spouse))
		}
	}
}

func fullNameBites(at []int) biteBinding {
	name := at[0]
	other := -1 // a record type without other names
	if len(at) > 1 {
		other = at[1]
	}
	return func(t *bite, c int) {
		names := t.k.Names.Numbered()
		for _, i := range t.live {
			t.touched += names.TouchKeys(record.Uint32(t.a[i], name), record.Uint32(t.b[i], name))
		}
		for _, i := range t.live {
			a, b := t.a[i], t.b[i]
			if other < 0 {
				t.levels[i][c] = names.FullName(record.Uint32(a, name), record.Uint32(b, name))
				continue
			}
			t.levels[i][c] = names.Names(record.Uint32(a, name), record.Uint32(a, other), record.Uint32(b, name), record.Uint32(b, other))
		}
	}
}
