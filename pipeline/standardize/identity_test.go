package standardize_test

import (
	"context"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
	"github.com/dusach/dusach/pipeline/standardize"
)

// A form without an id gets h and the hash of its content; so does one whose id
// holds nothing that can be read.
func TestAbsentIDIsTheHashOfTheContent(t *testing.T) {
	for _, id := range []string{"", "   ", "\u200b", "\ufeff", "\x01\x02", "\u00ad"} {
		c := clean(t, forms(map[string]string{"form_id": id, "full_name": "Nguyễn Văn An", "birth_date": "1985"}))
		got := string(c.Records.Clean[record.FormSchema.ColumnOf[record.FormID]].At(0))
		if want := "h" + hex.EncodeToString(c.Records.Content[0][:]); got != want {
			t.Errorf("id %q: published as %q, want %q", id, got, want)
		}
		if c.Records.Key[0] != standardize.KeyOf([]byte(got)) {
			t.Errorf("id %q: the founding hash is not that of the published id", id)
		}
	}
}

// The content is what stands in the fields, whatever the source, the position,
// the codes, the bytes of the row and outer spaces; any other difference counts.
func TestContentIsWhatStandsInTheFields(t *testing.T) {
	word := rapid.SampledFrom([]string{"", "a", "ab", "b", "Nguyễn Văn An", "1985", "036185000123", "a,b", "Trần"})
	outer := rapid.SampledFrom([]string{"", " ", "\t", "  \n"})
	rapid.Check(t, func(t *rapid.T) {
		values := map[string]string{}
		for _, f := range record.FormSchema.Fields {
			values[f.Name] = word.Draw(t, f.Name)
		}
		values["full_name"], values["birth_date"] = "Nguyễn Văn An", "1985"
		base := content(t, values, record.Origin{Source: 1, Position: 2})
		spaced := map[string]string{}
		for name, v := range values {
			spaced[name] = outer.Draw(t, "before") + v + outer.Draw(t, "after")
		}
		if content(t, spaced, record.Origin{Source: 9, Position: 77}) != base {
			t.Fatal("another source or outer spaces changed the content")
		}
		name := rapid.SampledFrom(record.FormSchema.Fields).Draw(t, "changed").Name
		other := word.Draw(t, "to")
		if name == "full_name" || name == "birth_date" || other == values[name] {
			return
		}
		values[name] = other
		if content(t, values, record.Origin{}) == base {
			t.Fatalf("%s became %q and the content did not change", name, other)
		}
	})
}

func content(t rapid.TB, values map[string]string, at record.Origin) [16]byte {
	f := forms(values)
	f.Origin[0] = at
	out := new(record.Cleaned)
	if err := standardize.New(packing, standardize.Options{Today: stagetest.Epoch}).Do(context.Background(), f, out); err != nil {
		t.Fatal(err)
	}
	if out.Records.N != 1 {
		t.Fatal("the form was refused")
	}
	return out.Records.Content[0]
}

// Values that slip into the next field are another content.
func TestContentKnowsWhereAValueStands(t *testing.T) {
	at := record.Origin{}
	base := map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985", "cccd": "036185000123", "note": "x"}
	slipped := map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985", "cmnd": "036185000123", "note": "x"}
	split := map[string]string{"full_name": "Nguyễn Văn An", "birth_date": "1985", "cccd": "036185000", "cmnd": "123", "note": "x"}
	a, b, c := content(t, base, at), content(t, slipped, at), content(t, split, at)
	if a == b || a == c || b == c {
		t.Error("different forms have one content")
	}
}
