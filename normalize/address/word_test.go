package address

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize"
)

// TestWordMemoryChangesNothing reads texts with a parser that remembers words and
// with one that has never read any. Words that end, glue or are unclean in odd ways
// stand among the usual ones.
func TestWordMemoryChangesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 7))
	words := strings.Fields(cases + ` TPVinh TXSơn KPHòa tpvinh M'Drắk M’Drắk L0ng CA0 X0 P5 a' a’ a– hoà Hoà Ba\u0300 ` +
		"Ha\u0300 Đa\u0323i Ðông \xff\xfe Ng\xe1\xbb Ñ –– Thưởnggggg abcdefghijklmno abcdefghijklmnop Xã` Phú\x00 \u00a0Lộc Kon\u200bTum ii XIV")
	gaps := []string{" ", " ", " ", ", ", ",", ".", "  ", "-", "/", " (", ") ", "\t", "0", "'", ""}
	var reader Parser
	var got, want Address
	for range 4_000 {
		var b strings.Builder
		for range rnd.IntN(12) + rnd.IntN(2)*rnd.IntN(80) {
			b.WriteString(words[rnd.IntN(len(words))] + gaps[rnd.IntN(len(gaps))])
		}
		raw := []byte(b.String())
		var fresh Parser
		fresh.Parse(raw, &want)
		reader.Parse(raw, &got)
		if clean := normalize.AppendClean(nil, raw); bytes.IndexByte(raw, '\t') < 0 && !bytes.Equal(got.Text, clean) {
			t.Fatalf("%q: text %q, want %q", raw, got.Text, clean)
		}
		same := bytes.Equal(got.Text, want.Text) && bytes.Equal(got.Rest, want.Rest) && bytes.Equal(got.Street, want.Street) &&
			bytes.Equal(got.Hamlet, want.Hamlet) && bytes.Equal(got.HouseNo, want.HouseNo) && slices.Equal(got.Candidates, want.Candidates) &&
			got.Key == want.Key && got.Codes == want.Codes && got.Confidence == want.Confidence &&
			slices.Equal(fresh.s.tok[:fresh.s.n], reader.s.tok[:reader.s.n])
		if !same {
			t.Fatalf("%q: %v %v, from memory %v %v", raw, want.Key, want.Codes, got.Key, got.Codes)
		}
	}
	if reader.s.seen == nil {
		t.Fatal("the parser did not remember")
	}
}
