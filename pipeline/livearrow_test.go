package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// asArrow returns the forms of some lines as one message, with these columns.
func asArrow(t *testing.T, lines, columns []string) string {
	t.Helper()
	var fields []arrow.Field
	for _, c := range columns {
		fields = append(fields, arrow.Field{Name: c, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.NewGoAllocator(), schema)
	defer b.Release()
	for _, line := range lines {
		var form map[string]string
		if err := json.Unmarshal([]byte(line), &form); err != nil {
			t.Fatal(err)
		}
		for i, c := range columns {
			if v, ok := form[c]; ok {
				b.Field(i).(*array.StringBuilder).Append(v)
			} else {
				b.Field(i).AppendNull()
			}
		}
	}
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(schema), ipc.WithZstd())
	if err := w.Write(b.NewRecord()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Forms that come as rows of Arrow, as objects, or by turns are the same forms;
// a damaged message is one refusal, whole and under its offset.
func TestLiveTakesArrow(t *testing.T) {
	var lines []string
	for _, l := range jsonForms(t, 300, 88) {
		if json.Valid([]byte(l)) {
			lines = append(lines, l)
		}
	}
	dir := t.TempDir()
	want := tables(t, clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(lines))), lawful...)
	var columns []string
	for i := range record.FormSchema.Fields {
		columns = append(columns, record.FormSchema.Fields[i].Name)
	}
	turned := slices.Clone(columns)
	slices.Reverse(turned)

	var messages, refused []string
	rng := rand.New(rand.NewPCG(8, 8))
	for rest := lines; len(rest) > 0; {
		n := min(len(rest), 1+rng.IntN(30))
		message := asArrow(t, rest[:n], [][]string{columns, turned}[rng.IntN(2)])
		switch rng.IntN(3) {
		case 0:
			messages = append(messages, rest[:n]...)
		case 1: // before the whole one, the same message without its end
			cut := message[:len(message)*2/3]
			refused = append(refused, fmt.Sprintf("kafka:forms/0@%d %x", len(messages), cut))
			messages = append(messages, cut, message)
		default:
			messages = append(messages, message)
		}
		rest = rest[n:]
	}
	refused = append(refused, fmt.Sprintf("kafka:forms/0@%d %x", len(messages), asArrow(t, lines[:1], []string{"form_id"})[:20]))
	messages = append(messages, asArrow(t, lines[:1], []string{"form_id"})[:20], asArrow(t, nil, columns))

	b := newBroker(t, 1)
	b.produce(rng, messages)
	store := filepath.Join(dir, "live")
	b.drain(store, liveConfig(t, 2, 64), func(j *pipeline.LiveJob) { j.EveryForms, j.Topic.Rows = 100, 40 })
	verified(t, store)
	equal(t, "arrow", want, tables(t, store, lawful...))
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	var sources record.Sources
	var got []string
	for rows, err := range s.ReadQuarantine(context.Background(), &sources) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.Len() {
			if bytes.HasPrefix(rows.Raw.At(i), []byte{0xff, 0xff, 0xff, 0xff}) {
				got = append(got, fmt.Sprintf("%s@%d %x", sources.Name(rows.Origin[i].Source), rows.Origin[i].Position, rows.Raw.At(i)))
			}
		}
	}
	if !slices.Equal(got, refused) {
		t.Errorf("refused\n%q\nwant\n%q", got, refused)
	}
}
