package merge

// A cardNumber is what the digits of a personal identity number tell.
type cardNumber struct {
	ok     bool
	year   uint32
	female bool
}

const cmndLength = 9

// readCard reads a personal identity number: three digits of province, one of
// century and sex, two of the year, six more (decree 137/2015 article 13).
func readCard(v []byte) cardNumber {
	if len(v) != 12 || !allDigits(v) {
		return cardNumber{}
	}
	g := uint32(v[3] - '0')
	return cardNumber{ok: true, year: 1900 + g/2*100 + uint32(v[4]-'0')*10 + uint32(v[5]-'0'), female: g&1 == 1}
}

func allDigits(v []byte) bool {
	for _, c := range v {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func isFemale(gender []byte) bool { return string(gender) == "Nữ" }

// bearOut counts the forms whose birth year, and those whose gender, agree with
// a number.
func (f *forms) bearOut(n cardNumber) (votes int) {
	if !n.ok {
		return 0
	}
	for i := range f.form {
		if stamp(f.value(i, f.plan.birthColumn))>>9 == n.year {
			votes++
		}
		if sex := f.value(i, f.plan.sexColumn); len(sex) > 0 && isFemale(sex) == n.female {
			votes++
		}
	}
	return votes
}

// settleNumber remembers the elected number, which bears witness to birth year
// and gender.
func (f *forms) settleNumber(p *fieldPlan, winner pick) {
	if winner.row < 0 {
		return
	}
	chosen := int(winner.row) - f.lo
	f.number = readCard(f.value(chosen, p.column))
	for i := range f.form {
		if f.same(chosen, i, p) {
			f.numberVotes++
		}
	}
}

// twoNumbers reports whether the forms bear a well-formed number that is no
// slip of the elected one, and no event explains it: a person may have had two,
// or the forms may be of two persons. It asks of the election just held.
func (e *election) twoNumbers(f *forms, p *fieldPlan, winner pick) bool {
	if len(e.values) < 2 || winner.row < 0 || f.governing(p, len(f.events)) >= 0 {
		return false
	}
	elected := f.value(int(winner.row)-f.lo, p.column)
	for _, c := range e.values {
		if v := f.value(int(c.form), p.column); readCard(v).ok && len(elected) == len(v) && !isSlip(elected, v) {
			return true
		}
	}
	return false
}

// isSlip reports whether two numbers of one length differ in one digit or in
// the order of two neighbours.
func isSlip(a, b []byte) bool {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	j := len(a) - 1
	for j > i && a[j] == b[j] {
		j--
	}
	return i >= j || j == i+1 && a[i] == b[j] && a[j] == b[i]
}
