package library

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
	"pgregory.net/rapid"
)

// pairs runs a file of pairs "a / b" through a comparison, both ways.
func pairs(t *testing.T, file string, c *matchers.Comparison, compare func(a, b string) matchers.Level) {
	datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
		var out strings.Builder
		for line := range strings.Lines(d.Input) {
			a, b, _ := strings.Cut(strings.TrimSpace(line), " / ")
			l := compare(a, b)
			if back := compare(b, a); back != l {
				t.Errorf("%s: %v one way, %v the other", line, l, back)
			}
			fmt.Fprintln(&out, c.Levels[l].Name)
		}
		return out.String()
	})
}

func date(s string) normalize.Date {
	d, _ := normalize.ParseISO(s)
	return d
}

func TestBirthDate(t *testing.T) {
	pairs(t, "testdata/birth_date", &BirthDateComparison, func(a, b string) matchers.Level { return BirthDate(date(a), date(b)) })
}

func number(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

// ids reads "CCCD CMND", "-" for none, and "?" after them for a number that
// contradicts its form.
func ids(s string) IDs {
	s, doubtful := strings.CutSuffix(s, " ?")
	cccd, cmnd, _ := strings.Cut(s, " ")
	return IDs{CCCD: number(cccd), CMND: number(cmnd), Doubtful: doubtful}
}

func TestContradicts(t *testing.T) {
	for _, c := range []struct {
		cccd  uint64
		birth string
		sex   normalize.Gender
		want  bool
	}{
		{22197036861, "1997-04-05", normalize.Female, false},
		{22197036861, "1997", normalize.GenderUnknown, false},
		{22197036861, "", normalize.GenderUnknown, false},
		{22917036861, "1997-04-05", normalize.Female, true},
		{22197036861, "1996-04-05", normalize.Female, true},
		{22197036861, "1997-04-05", normalize.Male, true},
		{1203000111, "2003-01-01", normalize.Male, false},
		{1303000111, "2003-01-01", normalize.Female, false},
		{1203000111, "1903-01-01", normalize.Male, true},
		{0, "2003-01-01", normalize.Male, false},
	} {
		if got := Contradicts(c.cccd, date(c.birth), c.sex); got != c.want {
			t.Errorf("%012d on a form of %q, %v: %t, want %t", c.cccd, c.birth, c.sex, got, c.want)
		}
	}
}

func TestIdentity(t *testing.T) {
	pairs(t, "testdata/identity", &IdentityComparison, func(a, b string) matchers.Level { return Identity(ids(a), ids(b)) })
}

func TestParents(t *testing.T) {
	pairs(t, "testdata/parents", &ParentsComparison, func(a, b string) matchers.Level {
		fa, ma, _ := strings.Cut(a, " + ")
		fb, mb, _ := strings.Cut(b, " + ")
		return Parents(known(fa), known(ma), known(fb), known(mb))
	})
}

// known reads a name, "-" for none.
func known(s string) *normalize.NameKey { return key(strings.TrimPrefix(s, "-")) }

// home reads "number; head; head's number; own name", each may be empty.
func home(s string) Home {
	f := strings.Split(s+";;;", ";")
	return Home{Number: number(strings.TrimSpace(f[0])), Head: key(strings.TrimSpace(f[1])), HeadID: number(strings.TrimSpace(f[2])),
		Own: key(strings.TrimSpace(f[3]))}
}

func TestHousehold(t *testing.T) {
	pairs(t, "testdata/household", &HouseholdComparison, func(a, b string) matchers.Level { return Household(home(a), home(b)) })
}

func TestPhoneAndCodes(t *testing.T) {
	if Phone(912345678, 912345678) != PhoneSame || Phone(912345678, 912345687) != PhoneSlip ||
		Phone(912345678, 987654321) != PhoneElse || Phone(0, 912345678) != matchers.Null {
		t.Error("phone levels")
	}
	if Gender(normalize.Male, normalize.Female) != Different || Gender(normalize.GenderUnknown, normalize.Male) != matchers.Null || Code(3, 3) != Same {
		t.Error("code levels")
	}
}

func TestResidence(t *testing.T) {
	at := func(old, number, street uint32) *address.Key {
		return &address.Key{Old: units.Old(old), District: 3, ProvinceOld: 1, ProvinceNew: 1, Number: number, Street: street}
	}
	house, street, commune := at(7, 12, 99), at(7, 14, 99), at(7, 0, 0)
	far := &address.Key{Old: 900, District: 90, ProvinceOld: 79, ProvinceNew: 79}
	for _, c := range []struct {
		name           string
		pa, ca, pb, cb *address.Key
		want           matchers.Level
	}{
		{"same house", house, nil, house, nil, ResidenceHouse},
		{"moved: current is the other's permanent", far, house, house, nil, ResidenceHouseCrossed},
		{"same street", house, nil, street, nil, ResidenceStreet},
		{"same commune", house, nil, commune, nil, ResidenceCommune},
		{"far", house, nil, far, nil, ResidenceElse},
		{"nothing known", nil, nil, house, nil, matchers.Null},
	} {
		if got := Residence(c.pa, c.ca, c.pb, c.cb); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, ResidenceComparison.Levels[got].Name, ResidenceComparison.Levels[c.want].Name)
		}
		if Residence(c.pb, c.cb, c.pa, c.ca) != c.want {
			t.Errorf("%s: not symmetric", c.name)
		}
	}
}

func TestOrigin(t *testing.T) {
	here := &address.Key{Old: 7, District: 3, ProvinceOld: 1, ProvinceNew: 1}
	near := &address.Key{Old: 8, District: 3, ProvinceOld: 1, ProvinceNew: 1}
	far := &address.Key{Old: 900, District: 90, ProvinceOld: 79, ProvinceNew: 79}
	for _, c := range []struct {
		a, b Origins
		want matchers.Level
	}{
		{Origins{Hometown: here}, Origins{Hometown: here}, OriginSame},
		{Origins{Hometown: here}, Origins{Hometown: near}, OriginDistrict},
		{Origins{Hometown: here}, Origins{Hometown: far}, OriginElse},
		{Origins{Hometown: here, Birth: here}, Origins{Hometown: here, Birth: far}, OriginMixed},
		{Origins{Birth: here}, Origins{Registration: here}, OriginSame},
		{Origins{Birth: here}, Origins{Hometown: here}, matchers.Null},
	} {
		if got := Origin(c.a, c.b); got != c.want || Origin(c.b, c.a) != c.want {
			t.Errorf("%+v, %+v: %s, want %s", c.a, c.b, OriginComparison.Levels[got].Name, OriginComparison.Levels[c.want].Name)
		}
	}
}

// TestLaws: every level has a description, order never matters, a value with
// itself is never "different".
func TestLaws(t *testing.T) {
	list := Comparisons()
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawPerson(t, "a"), drawPerson(t, "b")
		var l, back, self matchers.Levels
		Compare(a, b, &l)
		Compare(b, a, &back)
		Compare(a, a, &self)
		if l != back {
			t.Fatalf("not symmetric: %v, %v", l, back)
		}
		for i := range list {
			if int(l[i]) >= len(list[i].Levels) {
				t.Fatalf("%s: level %d has no description", list[i].Name, l[i])
			}
			if name := list[i].Levels[self[i]].Name; strings.Contains(name, "else") || strings.Contains(name, "differ") {
				t.Fatalf("%s of a person with himself: %s", list[i].Name, name)
			}
		}
		for i := len(list); i < len(l); i++ {
			if l[i] != matchers.Null {
				t.Fatalf("level %d beyond the list", i)
			}
		}
	})
}

func drawPerson(t *rapid.T, label string) *Person {
	small := func(n uint64) uint64 { return rapid.Uint64Range(0, n).Draw(t, label) }
	return &Person{
		Name: drawName(t, label), OtherName: drawName(t, label), Father: drawName(t, label), Mother: drawName(t, label), Spouse: drawName(t, label),
		Birth:  normalize.NewDate(int(1980+small(30)), int(small(12)), int(small(28))),
		IDs:    IDs{CCCD: small(1) * (1090012345 + small(30)), CMND: small(1) * (271450000 + small(20))},
		Phone:  small(1) * (912345670 + small(9)),
		Gender: normalize.Gender(small(2)),
		Home:   Home{Head: drawName(t, label), Number: small(20), HeadID: small(2)},
		Permanent: &address.Key{District: uint16(small(2)), ProvinceOld: uint8(small(2)), ProvinceNew: uint8(small(2)),
			Number: uint32(small(2)), Street: uint32(small(2))},
		Ethnicity: uint8(small(3)), Religion: uint8(small(3)), Blood: uint8(small(3)), Marital: uint8(small(3)),
		Event: normalize.LifeEvent(small(6)),
	}
}

func TestCompareDoesNotAllocate(t *testing.T) {
	a := &Person{Name: key("Nguyễn Văn Đức"), Birth: date("1990-05-01"), Father: key("Nguyễn Văn Nam")}
	b := &Person{Name: key("Nguyen Van Duc"), Birth: date("1990"), Father: key("Nguyễn Văn Nam")}
	var l matchers.Levels
	if n := testing.AllocsPerRun(100, func() { Compare(a, b, &l) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
