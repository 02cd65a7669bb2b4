package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/tables"
)

// column returns the first cells of a table.
func column(table string) (list []string) {
	for c := range tables.Rows(table, 1) {
		list = append(list, strings.Clone(c[0]))
	}
	return list
}

// people draws invented names and places, the fields of forms.
type people struct {
	rnd                              *rand.Rand
	surnames, middles, givens, place []string
}

func newPeople(seed uint64) *people {
	p := &people{rnd: rand.New(rand.NewPCG(seed, 1)), surnames: column(tables.Surnames)[:40], middles: column(tables.Middle)[:120], givens: column(tables.Given)[:250]}
	for c := range tables.Rows(tables.Provinces, 2) {
		p.place = append(p.place, strings.Clone(c[1]))
	}
	return p
}

func (p *people) pick(list []string) string { return list[p.rnd.IntN(len(list))] }

func (p *people) name() string {
	return p.pick(p.surnames) + " " + p.pick(p.middles) + " " + p.pick(p.givens)
}

func (p *people) address() string {
	return "xã " + p.pick(p.givens) + " " + p.pick(p.middles) + ", huyện " + p.pick(p.surnames) + " " + p.pick(p.givens) + ", tỉnh " + p.pick(p.place)
}

// encodeWith writes text as the view of an encoding shows it.
func encodeWith(e Encoding, text string) (string, bool) {
	switch e {
	case Mojibake:
		return string(view([]byte(text))), true
	case Mojibake2:
		return string(view(view([]byte(text)))), true
	}
	encode := encoders[e]
	raw, ok := encode(text)
	return string(view(raw)), ok
}

var encoders = map[Encoding]func(string) ([]byte, bool){TCVN3: encoderOf(TCVN3), VNI: encoderOf(VNI), VISCII: encoderOf(VISCII),
	VPS: encoderOf(VPS), CP1258: encoderOf(CP1258)}

// TestDetectorFindsEncodings gives each encoding forms of one name, of a name
// and its parents' names, and of names and an address. What counts is the text
// that comes out, not the label: some texts are the same in two encodings.
func TestDetectorFindsEncodings(t *testing.T) {
	const forms = 2000
	for _, kind := range []struct {
		name              string
		fields            func(p *people) []string
		wrong, missedInPM int // most forms in a thousand
	}{
		{"one name", func(p *people) []string { return []string{p.name()} }, 2, 80},
		{"three names", func(p *people) []string { return []string{p.name(), p.name(), p.name()} }, 1, 5},
		{"names and address", func(p *people) []string { return []string{p.name(), p.name(), p.address()} }, 0, 1},
	} {
		for _, e := range []Encoding{UTF8, TCVN3, VNI, VISCII, VPS, CP1258, Mojibake, Mojibake2} {
			p := newPeople(uint64(e) + 7)
			wrong, missed := 0, 0
			for range forms {
				switch d := tryForm(t, e, kind.fields(p)); {
				case d > 0:
					wrong++
				case d < 0:
					missed++
				}
			}
			if wrong*1000 > kind.wrong*forms || missed*1000 > kind.missedInPM*forms {
				t.Errorf("%s, %v: of %d forms %d undone wrongly, %d not undone", kind.name, e, forms, wrong, missed)
			}
		}
	}
}

// tryForm encodes the fields of a form and has them undone: 0 all right, 1 some
// field came out wrong, -1 nothing was undone.
func tryForm(t *testing.T, e Encoding, fields []string) int {
	var d Detector
	var shown []string
	for _, f := range fields {
		s := f
		if e != UTF8 {
			var ok bool
			if s, ok = encodeWith(e, f); !ok {
				return 0 // the encoding lacks a letter
			}
		}
		shown = append(shown, s)
		d.Add([]byte(s), true)
	}
	found, _ := d.Decide()
	for i, s := range shown {
		got := string(AppendDecoded(nil, []byte(s), found))
		if got == fields[i] {
			continue
		}
		if found == UTF8 {
			if testing.Verbose() {
				t.Logf("%v not undone: %q of %q", e, s, fields[i])
			}
			return -1
		}
		if testing.Verbose() {
			t.Logf("%v taken for %v: %q of %q", e, found, got, fields[i])
		}
		return 1
	}
	return 0
}

// TestDetectorAndHighlandNames: words that no table of ours lists stand in several boxes
// of one form, and a curved apostrophe is a letter to VISCII. Names of the lowlands in
// old fonts that repeat are undone as before.
func TestDetectorAndHighlandNames(t *testing.T) {
	for _, form := range [][]string{{"Y VÊNG", "Y VÊNG", "Y Vêng"}, {"H' VÊNG", "Y VÊNG"}, {"H’ Bia", "H’ Bia", "Y Bia"}, {"H’ Bìa Niê"},
		{"H’ BIA MLÔ", "H’ BIA MLÔ"}, {"K’ Brèo", "k‘ brèo"}, {"H’Bia Niê", "H’Bia Niê"}, {"H’Lem", "H’Lem"}} {
		if found := decide(form); found != UTF8 {
			t.Errorf("%q is taken for %v", form, found)
		}
	}
	for _, e := range []Encoding{TCVN3, VNI, VISCII, VPS} {
		for _, form := range [][]string{{"Nguyễn Văn Đức", "Nguyễn Văn Đức"}, {"HỖ VĂN LẠC", "HỖ VĂN LẠC"}, {"Trần Thị Hường", "Trần Thị Hường", "Trần Thị Hường"}} {
			var shown []string
			for _, f := range form {
				if s, ok := encodeWith(e, f); ok {
					shown = append(shown, s)
				}
			}
			if len(shown) > 0 && decide(shown) == UTF8 {
				t.Errorf("%q, %v of %q, is left as it is", shown, e, form)
			}
		}
	}
}

func decide(names []string) Encoding {
	var d Detector
	for _, name := range names {
		d.Add([]byte(name), true)
	}
	found, _ := d.Decide()
	return found
}

func TestDetectorLeavesOthersAlone(t *testing.T) {
	for _, s := range []string{"José García Márquez", "Müller Jürgen", "François Hollande", "Niê Mlô Êban", "Søren Kierkegård", "Nguyễn Văn Đức",
		"Åsa Öberg", "São Paulo", "Đắk Lắk", "Ngày 1/2/1985", "Nguyen Van Duc", "100 °C ± 2", "“Hoa” – ‘Lan’", "Ý Nhi", "Bùi Xuân Phái", "Lê Hà",
		"Tô Hoài", "Hòang Cuả", "Trần Thị Taò", "Trương Công Định", "H'Bìa Niê", "Y Thu Êñuôl", "K’Brèo"} {
		var d Detector
		d.Add([]byte(s), true)
		if e, sure := d.Decide(); e != UTF8 && string(AppendDecoded(nil, []byte(s), e)) != s {
			t.Errorf("%q is taken for %v (%.2f): %q", s, e, sure, AppendDecoded(nil, []byte(s), e))
		}
	}
	if !utf8.ValidString(string(AppendDecoded(nil, []byte("Nguyễn"), TCVN3))) {
		t.Error("decoding broke a field that is no view")
	}
}

// TestMojibakeOfCapitals has letters whose second byte is a letter of CP1252 at
// the end of a word, and bytes that CP1252 lacks, shown in each way.
func TestMojibakeOfCapitals(t *testing.T) {
	lost := []rune{0x81, 0x8D, 0x8F, 0x90, 0x9D}
	for _, text := range []string{"XÃ MINH TÂN, HUYỆN ĐÔNG HƯNG, TỈNH THÁI BÌNH", "THỊ XÃ SƠN TÂY", "XÃ BÀ ĐIỂM", "XÃ MINH", "Xã Đồng Phú, thị xã Hồng Lĩnh",
		"ĐỖ THÁI SÍNH", "Đề Thị Thọ"} {
		for _, sign := range []string{"", "?", "\uFFFD"} {
			shown, ok := encodeWith(Mojibake, text)
			if !ok {
				t.Fatal(text)
			}
			if sign != "" {
				for _, r := range lost {
					shown = strings.ReplaceAll(shown, string(r), sign)
				}
			}
			var d Detector
			d.Add([]byte(shown), false)
			e, _ := d.Decide()
			if got := string(AppendDecoded(nil, []byte(shown), e)); got != text {
				t.Errorf("%q with %q is taken for %v: %q", text, sign, e, got)
			}
		}
	}
}

// TestRightFieldsStand has forms of which only some fields were encoded.
func TestRightFieldsStand(t *testing.T) {
	for _, e := range []Encoding{VNI, TCVN3, VISCII, VPS, CP1258, Mojibake} {
		shown, ok := encodeWith(e, "xã Đồng Thượng, huyện Thuận Hưng, tỉnh Thái Bình")
		if !ok {
			t.Fatal(e)
		}
		for _, right := range []string{"Tân Hòa, Vân Tài", "Hà Thành Công", "Công giáo"} {
			var d Detector
			d.Add([]byte(shown), false)
			d.Add([]byte(right), false)
			if found, _ := d.Decide(); string(AppendDecoded(nil, []byte(right), found)) != right {
				t.Errorf("%v: %q was right and becomes %q", e, right, AppendDecoded(nil, []byte(right), found))
			}
		}
	}
}

// TestDoubtAgreesWithTheDetector holds DoubtOf to its word: a form without a
// doubtful text is UTF-8 for the detector as well, and a text without doubt
// changes no decision.
func TestDoubtAgreesWithTheDetector(t *testing.T) {
	p := newPeople(7)
	var d, without Detector
	sure := 0
	for range 20_000 {
		d.Reset()
		without.Reset()
		open := false
		for range 1 + p.rnd.IntN(4) {
			text, isName := p.name(), true
			if p.rnd.IntN(2) == 0 {
				text, isName = p.pick(p.place), false
			}
			if p.rnd.IntN(8) == 0 {
				if bytes, ok := encodeWith(candidates[p.rnd.IntN(len(candidates))], text); ok {
					text = bytes
				}
			}
			d.Add([]byte(text), isName)
			doubt := DoubtOf([]byte(text))
			open = open || doubt == Doubtful
			if doubt != Doubtless {
				without.Add([]byte(text), isName)
			}
		}
		got, how := d.Decide()
		if e, h := without.Decide(); e != got || h != how {
			t.Fatalf("texts without doubt turned %v into %v", e, got)
		}
		if !open {
			sure++
			if got != UTF8 {
				t.Fatalf("no text is doubtful, and the detector says %v", got)
			}
		}
	}
	if sure < 1000 {
		t.Fatalf("only %d forms were sure", sure)
	}
}
