package library

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize"
)

// wordsDrawn are given names, surnames and middle names, near each other and
// far, of all kinds that the comparison tells apart.
var wordsDrawn = []string{"Nguyễn", "Trần", "Lê", "Văn", "Thị", "Hương", "Hường", "Huong", "Hưng", "Hùng", "Lan", "Lang",
	"Trâm", "Châm", "Tâm", "Tài", "Kỹ", "Kĩ", "Ky", "Hoàng", "Huỳnh", "Vũ", "Võ", "Phúc", "Phước", "Sinh", "Sanh", "Xinh", "Dũng", "Dõng",
	"Khánj", "Khánh", "Mlnh", "Minh", "V.", "N.", "T", "An", "Anh", "Ân", "Y", "H'", "Niê", "Bkrông", "Thảo", "Thao", "Thỏa", "Quý", "Quí",
	"Thanhhà", "Thanh", "Hà", "Nguyeen", "Nguyênn", "Giang", "Dang", "Vang", "Alexander", "Alexandre", "Smith", "Smyth", "Lý", "Li"}

func drawKey(t *rapid.T, label string) normalize.NameKey {
	text := ""
	for range rapid.IntRange(0, 5).Draw(t, label+" words") {
		text += rapid.SampledFrom(wordsDrawn).Draw(t, label) + " "
	}
	if rapid.IntRange(0, 4).Draw(t, label+" bare") == 0 {
		text = string(normalize.AppendFold(nil, []byte(text)))
	}
	var n normalize.Name
	n.Parse([]byte(text), nil)
	return n.Key
}

func numbered(keys []normalize.NameKey) Numbered {
	n := Numbered{Keys: keys}
	for i := range keys {
		n.Glances = append(n.Glances, GlanceAt(&keys[i]))
	}
	return n
}

// Comparing by number answers as comparing the names does.
func TestNumberedAnswersAsNamesDo(t *testing.T) {
	certain := 0
	rapid.Check(t, func(t *rapid.T) {
		keys := make([]normalize.NameKey, 1, 5)
		for range 4 {
			keys = append(keys, drawKey(t, "name"))
		}
		n := numbered(keys)
		number := rapid.Uint32Range(0, 4)
		a, b, c, d := number.Draw(t, "a"), number.Draw(t, "b"), number.Draw(t, "c"), number.Draw(t, "d")
		for _, i := range []*uint32{&a, &b, &c, &d} {
			if keys[*i].N == 0 {
				*i = 0 // one number for the absent name
			}
		}
		if strangers(&n.Glances[a], &n.Glances[b]) {
			certain++
		}
		if got, want := n.FullName(a, b), FullName(&keys[a], &keys[b]); got != want {
			t.Fatalf("FullName %d, want %d", got, want)
		}
		if got, want := n.Names(a, c, b, d), Names(&keys[a], &keys[c], &keys[b], &keys[d]); got != want {
			t.Fatalf("Names %d, want %d", got, want)
		}
		if got, want := n.Parents(a, c, b, d), Parents(&keys[a], &keys[c], &keys[b], &keys[d]); got != want {
			t.Fatalf("Parents %d, want %d", got, want)
		}
		if got, want := n.Spouse(a, b), Spouse(&keys[a], &keys[b]); got != want {
			t.Fatalf("Spouse %d, want %d", got, want)
		}
	})
	if certain == 0 {
		t.Error("no two names were told apart at a glance: the test shows nothing")
	}
}

// The glance is what makes it fast: of two words out of the lists, most that are
// far from each other must be settled by it.
func TestMostStrangersAreToldAtAGlance(t *testing.T) {
	var keys []normalize.NameKey
	keys = append(keys, normalize.NameKey{})
	for _, w := range wordsDrawn {
		var n normalize.Name
		n.Parse([]byte("Nguyễn Văn "+w), nil)
		keys = append(keys, n.Key)
	}
	n := numbered(keys)
	far, told := 0, 0
	for a := uint32(1); a < uint32(len(keys)); a++ {
		for b := uint32(1); b < a; b++ {
			if relative(&keys[a], &keys[b]) == kinOther {
				far++
				if strangers(&n.Glances[a], &n.Glances[b]) {
					told++
				}
			}
		}
	}
	if told*10 < far*8 {
		t.Errorf("of %d pairs of strangers only %d are told apart at a glance", far, told)
	}
}
