package block

import (
	"strings"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// uneven are frequencies under which the rarity of a word depends on where in
// the name it stands, as in life.
type uneven struct{}

func wordBits(word uint64, place int) float32 { return float32(1 + record.Mix(word, uint64(place))%8) }

func (uneven) SurnameBits(k *normalize.NameKey) float32 { return wordBits(k.Base[0], 0) }
func (uneven) GivenBits(k *normalize.NameKey) float32   { return wordBits(k.Base[k.N-1], 2) }
func (u uneven) NameBits(k *normalize.NameKey) float32 {
	bits := u.GivenBits(k)
	for i := range int(k.N) - 1 {
		bits += wordBits(k.Base[i], min(i, 1))
	}
	return bits
}

// people is a size class in which keys of less than thirteen bits are hot.
const people = hotLimit * (1 << 13)

// A person holds what rules look at, in plain values.
type person struct {
	name, other           string
	day, month, year      int
	cccd                  uint64
	phone                 uint32
	province              uint8
	commune               units.New
	house, street, hamlet uint32
}

// bearers are names that differ in their marks, in the order of their words or
// in one word, so that many share a key and few are the same.
var bearers = []string{"", "Bình", "Nguyễn Văn An", "Nguyen Van An", "Nguyễn An Văn", "An Văn Nguyễn", "Văn An", "An Văn", "Nguyễn Văn Ân",
	"Trần Văn An", "Nguyễn Thị Bình", "Bình Thị Nguyễn", "Thị Bình", "Bình Thị", "Bình Văn", "Văn Bình",
	"Nguyễn Văn Anh", "Nguyễn Văn Bìhn", "Nguyễn Thị Bìn"}

// drawPerson draws from so few values that people share many.
func drawPerson(t *rapid.T) person {
	small := func(name string, n int) int { return rapid.IntRange(0, n).Draw(t, name) }
	p := person{name: rapid.SampledFrom(bearers).Draw(t, "name"), year: []int{0, 1980, 1981}[small("year", 2)]}
	if p.year > 0 && small("partial", 2) > 0 {
		p.day, p.month = 1+small("day", 2), 1+small("month", 2)
	}
	if small("other", 2) == 0 {
		p.other = rapid.SampledFrom(bearers).Draw(t, "other name")
	}
	p.cccd = []uint64{0, 1_080_000_001, 1_080_000_002, 1_081_000_001}[small("cccd", 3)]
	p.phone = []uint32{0, 912345678, 912345679}[small("phone", 2)]
	p.province = []uint8{0, 1, 79}[small("province", 2)]
	if p.province > 0 {
		if p.commune = units.New(small("commune", 2)); p.commune > 0 {
			p.province = p.commune.Province()
		}
		p.house, p.street, p.hamlet = uint32(small("house", 1)), uint32(small("street", 1)), uint32(small("hamlet", 1))
	}
	return p
}

func key(name string) *normalize.NameKey {
	var n normalize.Name
	n.Parse([]byte(name), nil)
	return &n.Key
}

// keep packs people into the memory of the stage.
func keep(all []person) *record.Known {
	l := record.NewPacking(record.FormSchema)
	k := &record.Known{Packing: l, Names: record.NewNames(), Key: make([]record.PersonKey, len(all))}
	for _, p := range all {
		row := k.Packed.Add(l.Width)
		name := key(p.name)
		record.PutUint32(row, l.Offset[record.FullName], k.Names.Add(name, record.HashName(name)))
		other := key(p.other)
		record.PutUint32(row, l.Offset[record.OtherName], k.Names.Add(other, record.HashName(other)))
		record.PutDate(row, l.Offset[record.BirthDate], normalize.Date(p.year<<9|p.month<<5|p.day))
		record.PutUint40(row, l.Offset[record.CCCD], p.cccd)
		record.PutUint32(row, l.Offset[record.Phone], p.phone)
		home := address.Key{New: p.commune, ProvinceNew: p.province, Number: p.house, Street: p.street, Hamlet: p.hamlet}
		record.PutPlace(row, l.Offset[record.PermanentAddress], false, &home)
	}
	return k
}

// shares are the rules of the tests, each with what it means, said without keys
// and packed records: shared tells whether the atoms before the slash are
// present and equal, refined those after it.
var shares = []struct {
	text            string
	shared, refined func(a, b *person) bool
	bits            func(p *person) float32 // of the atoms before the slash
}{
	{text: "cccd", shared: func(a, b *person) bool { return a.cccd != 0 && a.cccd == b.cccd }},
	{text: "words(full_name) / province(permanent_address)", shared: sameWords, refined: sameProvince,
		bits: func(p *person) float32 { return uneven{}.NameBits(key(p.name)) }},
	{text: "surname(full_name) + year(birth_date) / province(permanent_address)",
		shared: func(a, b *person) bool {
			x, y := fold(a), fold(b)
			return len(x) > 1 && len(y) > 1 && x[0] == y[0] && a.year != 0 && a.year == b.year
		}, refined: sameProvince,
		bits: func(p *person) float32 { return uneven{}.SurnameBits(key(p.name)) + yearBits }},
	{text: "given(full_name) / day(birth_date)",
		shared: func(a, b *person) bool {
			x, y := fold(a), fold(b)
			return len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1]
		},
		refined: func(a, b *person) bool {
			return a.day != 0 && [3]int{a.day, a.month, a.year} == [3]int{b.day, b.month, b.year}
		},
		bits: func(p *person) float32 { return uneven{}.GivenBits(key(p.name)) }},
	{text: "folded(full_name) + phone", shared: func(a, b *person) bool {
		return a.name != "" && strings.Join(fold(a), " ") == strings.Join(fold(b), " ") && a.phone != 0 && a.phone == b.phone
	}},
	{text: "but_given(full_name) + day_month(birth_date)", shared: func(a, b *person) bool {
		x, y := fold(a), fold(b)
		if len(x) < 2 || len(x) != len(y) || strings.Join(x[:len(x)-1], " ") != strings.Join(y[:len(y)-1], " ") || a.day == 0 {
			return false
		}
		return a.day == b.day && a.month == b.month || a.day == b.month && a.month == b.day
	}},
	{text: "house(permanent_address)", shared: func(a, b *person) bool {
		return a.house != 0 && a.street+a.hamlet != 0 && a.province == b.province && a.house == b.house && a.street == b.street && a.hamlet == b.hamlet
	}},
	{text: "commune(permanent_address) + tail6(cccd)", shared: func(a, b *person) bool {
		return a.commune != 0 && a.commune == b.commune && a.cccd%1e6 != 0 && a.cccd%1e6 == b.cccd%1e6
	}},
	{text: "near_given(full_name) + year(birth_date)", shared: func(a, b *person) bool {
		x, y := fold(a), fold(b)
		return len(x) > 0 && len(y) > 0 && oneSlip(x[len(x)-1], y[len(y)-1]) && a.year != 0 && a.year == b.year
	}},
	{text: "given(full_name | other_name) + any_day(birth_date | birth_date)", shared: func(a, b *person) bool {
		for _, x := range []string{a.name, a.other} {
			for _, y := range []string{b.name, b.other} {
				v, w := strings.Fields(string(key(x).AppendFold(nil))), strings.Fields(string(key(y).AppendFold(nil)))
				if len(v) > 0 && len(w) > 0 && v[len(v)-1] == w[len(w)-1] {
					return a.day != 0 && a.year == b.year && (a.day == b.day && a.month == b.month || a.day == b.month && a.month == b.day)
				}
			}
		}
		return false
	}},
	{text: "head9(cccd)", shared: func(a, b *person) bool { return a.cccd != 0 && a.cccd/1000 == b.cccd/1000 }},
}

// oneSlip reports words that are equal, or become so when each loses one letter
// at most; words of less than three letters lose none.
func oneSlip(a, b string) bool {
	lose := func(w string) map[string]bool {
		all := map[string]bool{w: true}
		for i := 0; i < len(w) && len(w) > 2; i++ {
			all[w[:i]+w[i+1:]] = true
		}
		return all
	}
	for w := range lose(a) {
		if lose(b)[w] {
			return true
		}
	}
	return false
}

func sameProvince(a, b *person) bool { return a.province != 0 && a.province == b.province }

// fold returns the words of a name without marks.
func fold(p *person) []string { return strings.Fields(string(key(p.name).AppendFold(nil))) }

func sameWords(a, b *person) bool {
	x, y := fold(a), fold(b)
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	for _, w := range y {
		count[w]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return len(x) > 0 && len(x) == len(y)
}

// meets says whether rule r brings two people together: where the key of one is
// hot and that of the other is not, they do not meet.
func meets(r int, a, b *person) bool {
	rule := &shares[r]
	if !rule.shared(a, b) {
		return false
	}
	if rule.refined == nil {
		return true
	}
	hot := func(p *person) bool { return rule.bits(p) < 13 }
	return hot(a) == hot(b) && (!hot(a) || rule.refined(a, b))
}
