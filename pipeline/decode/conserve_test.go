package decode_test

import (
	"bytes"
	"context"
	"testing"
	"unicode/utf8"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// FuzzConservation sends any bytes through the door and decode: every row of a
// chunk becomes a form or a refusal with its bytes, all text is valid UTF-8, and
// the same chunk gives the same forms after any other.
func FuzzConservation(f *testing.F) {
	f.Add([]byte("form_id,full_name\n1,\"An\n2,B\xecnh\x00\n3\n"))
	f.Add([]byte("{\"form_id\":\"1\",\"x\":[\"\\u0001\"]}\n{\n"))
	f.Add([]byte("\xff\xfef\x00o\x00r\x00m\x00_\x00i\x00d\x00\n\x001\x00"))
	f.Add([]byte("H\xe4 v\xb5 t\xaan;Ng\xb5y sinh\nNguy\xd4n V\xa8n An;1990\n"))
	used := decode.New(record.FormSchema)
	var a, b record.Decoded
	f.Fuzz(func(t *testing.T, text []byte) {
		opt := intake.Options{Stdin: bytes.NewReader(text), Parquet: decode.OpenParquet, Rows: 3}
		for c, err := range intake.New([]string{"-"}, opt).Chunks(context.Background()) {
			if err != nil {
				continue
			}
			for _, run := range []struct {
				stage *decode.Stage
				out   *record.Decoded
			}{{used, &a}, {decode.New(record.FormSchema), &b}} {
				if err := run.stage.Do(context.Background(), c, run.out); err != nil {
					t.Fatal(err)
				}
			}
			checkChunk(t, c, &a)
			same(t, &a, &b)
			c.Release()
		}
	})
}

// checkChunk fails unless the rows of c are the forms and refusals of d.
func checkChunk(t *testing.T, c *record.Chunk, d *record.Decoded) {
	form, refused := 0, 0
	for i, row := range c.Rows {
		at, raw := record.Origin{Source: c.Source, Position: row.Position}, c.Bytes(i)
		switch {
		case form < d.Forms.N && d.Forms.Origin[form] == at && bytes.Equal(d.Forms.Raw.At(form), raw):
			form++
		case refused < d.Refused.Len() && d.Refused.Origin[refused] == at && bytes.Equal(d.Refused.Raw.At(refused), raw):
			refused++
		default:
			t.Fatalf("row %d of the chunk is lost: %q", i, raw)
		}
	}
	if form != d.Forms.N || refused != d.Refused.Len() {
		t.Fatalf("%d forms and %d refusals of %d rows", d.Forms.N, d.Refused.Len(), len(c.Rows))
	}
	for f := range d.Forms.Cols {
		for i := range d.Forms.N {
			if v := d.Forms.Cols[f].At(i); !utf8.Valid(v) {
				t.Fatalf("%q is not UTF-8", v)
			}
		}
	}
}

func same(t *testing.T, a, b *record.Decoded) {
	if a.Forms.N != b.Forms.N || a.Refused.Len() != b.Refused.Len() {
		t.Fatal("a used stage and a new one differ")
	}
	for f := range a.Forms.Cols {
		for i := range a.Forms.N {
			if x, y := a.Forms.Cols[f].At(i), b.Forms.Cols[f].At(i); !bytes.Equal(x, y) || a.Forms.Codes[i] != b.Forms.Codes[i] {
				t.Fatalf("a used stage makes %q %v, a new one %q %v", x, a.Forms.Codes[i], y, b.Forms.Codes[i])
			}
		}
	}
}
