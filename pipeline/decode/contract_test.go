package decode_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/stagetest"
)

// firstChunks returns functions that each read a text anew and return its first
// chunk. All texts are of one source: they share a header.
func firstChunks(t *testing.T, texts ...[]byte) (batches []func() *record.Chunk) {
	var header *record.Header
	for _, text := range texts {
		batches = append(batches, func() *record.Chunk {
			for c, err := range intake.New([]string{"-"}, intake.Options{Stdin: bytes.NewReader(text)}).Chunks(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				if header == nil {
					header = c.Header
				}
				c.Header = header
				return c
			}
			t.Fatal("there is no chunk")
			return nil
		})
	}
	return batches
}

// jsonLines writes forms as JSON Lines.
func jsonLines(t *testing.T, f *record.Forms) []byte {
	var b bytes.Buffer
	for i := range f.N {
		object := map[string]string{}
		for c, field := range f.Schema.Fields {
			if v := f.Cols[c].At(i); len(v) > 0 {
				object[field.Name] = strings.ToValidUTF8(string(v), "")
			}
		}
		if err := json.NewEncoder(&b).Encode(object); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// cells returns batches of forms as rows of a sheet.
func cells(all ...*record.Forms) (batches []func() *record.Chunk) {
	header := &record.Header{}
	for i, field := range record.FormSchema.Fields {
		header.Names = append(header.Names, field.Name)
		header.Targets = append(header.Targets, record.Target{Role: record.RoleField, Field: record.Field(i)})
	}
	for _, f := range all {
		batches = append(batches, func() *record.Chunk {
			c := &record.Chunk{Source: 3, Header: header, Format: record.Cells}
			for i := range f.N {
				for column := range f.Cols {
					c.Cells.Append(f.Cols[column].At(i))
				}
				c.AddRow(int64(i)+2, nil, reason.Set{})
			}
			return c
		})
	}
	return batches
}

func TestContract(t *testing.T) {
	for name, batches := range map[string][]func() *record.Chunk{
		"separated values": firstChunks(t, stagetest.CSV(t, 1500, 1), stagetest.CSV(t, 30, 2)),
		"JSON lines":       firstChunks(t, jsonLines(t, stagetest.Forms(t, 1500, 1)), jsonLines(t, stagetest.Forms(t, 30, 2))),
		"cells":            cells(stagetest.Forms(t, 1500, 1), stagetest.Forms(t, 30, 2)),
	} {
		t.Run(name, func(t *testing.T) {
			stagetest.Run(t, stagetest.Case[*record.Chunk, *record.Decoded]{
				Stage: func() stagetest.Stage[*record.Chunk, *record.Decoded] { return decode.New(record.FormSchema) },
				Empty: func() *record.Chunk {
					c := batches[0]()
					return &record.Chunk{Header: c.Header, Format: c.Format}
				},
				Batches: batches,
				Out:     func() *record.Decoded { return new(record.Decoded) },
			})
		})
	}
}
