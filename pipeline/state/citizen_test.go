package state

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

func drawCitizen(t *rapid.T, r *record.CitizenRows) {
	value := rapid.SliceOfN(rapid.Byte(), 0, 40)
	for _, column := range []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status} {
		column.Append(value.Draw(t, "text"))
	}
	for c := range r.Clean {
		r.Clean[c].Append(value.Draw(t, "clean"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "origins") {
		r.Origins.Add(record.Field(rapid.IntRange(0, int(record.NumFormFields)-1).Draw(t, "field")), value.Draw(t, "form"))
	}
	r.Origins.Close()
	r.Province = append(r.Province, rapid.Uint8().Draw(t, "province"))
	r.Forms = append(r.Forms, rapid.Uint32().Draw(t, "forms"))
	r.Flags = append(r.Flags, reason.Set{rapid.Uint64().Draw(t, "flags"), rapid.Uint64().Draw(t, "more flags")})
	r.N++
}

// A citizen comes back from bytes as it was: writing it again gives the same
// bytes, and every column holds the same values.
func TestCitizensComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in, out record.CitizenRows
		in.Reset(record.FormSchema)
		out.Reset(record.FormSchema)
		for i := range rapid.IntRange(1, 5).Draw(t, "citizens") {
			drawCitizen(t, &in)
			row := AppendCitizen(nil, &in, i)
			if err := ReadCitizen(row, &out); err != nil {
				t.Fatal(err)
			}
			if again := AppendCitizen(nil, &out, i); !bytes.Equal(row, again) {
				t.Fatalf("citizen %d: %q came back as %q", i, row, again)
			}
			sameCitizen(t, &in, &out, i)
		}
	})
}

func sameCitizen(t *rapid.T, in, out *record.CitizenRows, i int) {
	if out.N != i+1 || in.Province[i] != out.Province[i] || in.Forms[i] != out.Forms[i] || in.Flags[i] != out.Flags[i] {
		t.Fatalf("citizen %d changed", i)
	}
	columns := func(r *record.CitizenRows) []*record.Text {
		all := []*record.Text{&r.Person, &r.FirstSeen, &r.LastSeen, &r.Status}
		for c := range r.Clean {
			all = append(all, &r.Clean[c])
		}
		return all
	}
	for c, column := range columns(in) {
		if !bytes.Equal(column.At(i), columns(out)[c].At(i)) {
			t.Fatalf("column %d of citizen %d changed", c, i)
		}
	}
	f, e := in.Origins.Row(i)
	g, h := out.Origins.Row(i)
	if e-f != h-g {
		t.Fatalf("citizen %d has %d origins, want %d", i, h-g, e-f)
	}
	for k := range e - f {
		if in.Origins.Field[f+k] != out.Origins.Field[g+k] || !bytes.Equal(in.Origins.Form.At(f+k), out.Origins.Form.At(g+k)) {
			t.Fatalf("origin %d of citizen %d changed", k, i)
		}
	}
}

// A citizen that was cut short is an error and never a panic.
func TestReadCitizenRefusesDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in, out record.CitizenRows
		in.Reset(record.FormSchema)
		drawCitizen(t, &in)
		row := AppendCitizen(nil, &in, 0)
		out.Reset(record.FormSchema)
		if err := ReadCitizen(row[:rapid.IntRange(0, len(row)-1).Draw(t, "cut")], &out); err == nil {
			t.Fatal("a citizen that was cut short was read")
		}
		out.Reset(record.FormSchema)
		if err := ReadCitizen(append(row, 0), &out); err == nil {
			t.Fatal("a citizen with a byte too many was read")
		}
	})
}

// Bytes that are no rows never make a reader panic, and what they hold is not
// more than they have room for.
func FuzzRead(f *testing.F) {
	var rows record.FormRows
	rows.Reset(record.FormSchema)
	for c := range rows.Clean {
		rows.Clean[c].AppendString("Nguyễn")
	}
	rows.Raw.Add(record.FullName, []byte("NGUYỄN"))
	rows.Raw.Close()
	rows.Codes = append(rows.Codes, reason.Of(reason.NameOneWord))
	rows.N++
	row := AppendRow(nil, 7, &rows, 0)
	f.Add(row)
	f.Add(row[:30])
	f.Add(bytes.Repeat([]byte{0xff}, 64))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, row []byte) {
		var forms record.FormRows
		forms.Reset(record.FormSchema)
		if _, err := ReadRow(row, &forms); err == nil {
			if again := AppendRow(nil, RowPlace(row), &forms, 0); len(again) > len(row)+len(forms.Clean) {
				t.Errorf("%d bytes became a row of %d", len(row), len(again))
			}
		}
		var citizens record.CitizenRows
		citizens.Reset(record.FormSchema)
		if err := ReadCitizen(row, &citizens); err == nil && citizens.N != 1 {
			t.Errorf("%d citizens were read", citizens.N)
		}
	})
}

// A shelf much larger than a block gives back every row, in order, to several
// readers at once.
func TestShelfHoldsManyBlocks(t *testing.T) {
	shelf, err := NewShelf(t.TempDir(), 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shelf.Close() })
	const n = 20_000
	row := func(i int) []byte { return bytes.Repeat([]byte{byte(i), byte(i >> 8), byte(i >> 16)}, 1+i%40) }
	w := shelf.Writer()
	for i := range n {
		if err := w.Put(i%2, row(i)); err != nil { // bucket 2 stays empty
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if disk, raw := shelf.Size(); raw < 10*blockSize || disk <= 0 || disk >= raw {
		t.Errorf("%d bytes on disk for %d", disk, raw)
	}
	for b := range shelf.Len() {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			at := b
			err := shelf.Bucket(b, func(got []byte) error {
				if !bytes.Equal(got, row(at)) {
					t.Errorf("bucket %d: row %d changed", b, at)
				}
				at += 2
				return nil
			})
			if want := n/2 - max(0, b-1)*n/2; err != nil || shelf.Rows(b) != want || at != b+2*want {
				t.Errorf("bucket %d: %d rows, %v", b, shelf.Rows(b), err)
			}
		})
	}
}
