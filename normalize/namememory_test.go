package normalize

import (
	"bytes"
	"slices"
	"testing"
)

// TestWordMemoryChangesNothing parses names with a parser that remembers words
// and with one that has never read any.
func TestWordMemoryChangesNothing(t *testing.T) {
	p := newPeople(11)
	odd := []string{"A", "A\x00", "Hoà", "HOÀ", "hoà", "Quý", "quí", "Nguyeenx", "H'Bia", "ThịHoa", "TrầnThịHoaMaiLan", "X", "Ngọc\x00", "", "  ", "é",
		"Mười", "Ñay", "Ðức", "abcdefghijklmnop", "abcdefghijklmno", "Nghiêngggggggggg", "\xff", "5", "Đ.", "bí", "tức", "Văn", "Thị"}
	var reader Name
	for range 60_000 {
		text := p.name()
		for range p.rnd.IntN(3) {
			text += " " + odd[p.rnd.IntN(len(odd))]
		}
		if p.rnd.IntN(3) == 0 {
			text = odd[p.rnd.IntN(len(odd))] + " " + text
		}
		var fresh Name
		fresh.Parse([]byte(text), nil)
		reader.Parse([]byte(text), nil)
		same := bytes.Equal(fresh.Written, reader.Written) && bytes.Equal(fresh.Folded, reader.Folded) && fresh.Key == reader.Key &&
			fresh.Codes == reader.Codes && fresh.Gender == reader.Gender && bytes.Equal(fresh.Given, reader.Given) &&
			slices.Equal(fresh.state.words[:fresh.state.n], reader.state.words[:reader.state.n])
		if !same {
			t.Fatalf("%q: %q %v, from memory %q %v", text, fresh.Written, fresh.Codes, reader.Written, reader.Codes)
		}
	}
	if reader.memory == nil {
		t.Fatal("the parser did not remember")
	}
}
