package pipeline

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// claimed is a batch of forms of few ids, contents and dates.
func claimed(t *rapid.T) *record.Records {
	packing := record.NewPacking(record.FormSchema)
	r := new(record.Records)
	r.Reset(packing)
	n := rapid.IntRange(1, 40).Draw(t, "forms")
	for range n {
		id := rapid.SampledFrom([]string{"F1", "F2", "F3", "G"}).Draw(t, "id")
		content := rapid.SampledFrom([]byte{1, 2, 3}).Draw(t, "content")
		for c := range r.Clean {
			if c == r.Schema.ColumnOf[r.Schema.Key] {
				r.Clean[c].AppendString(id)
				continue
			}
			r.Clean[c].Close()
		}
		r.Raw.Close()
		r.Codes = append(r.Codes, [2]uint64{})
		r.Key = append(r.Key, keyOf([]byte(id)))
		r.Content = append(r.Content, [16]byte{content})
		// A form's date is part of its content.
		r.Collected = append(r.Collected, []normalize.Date{0, normalize.NewDate(2024, 5, 1), normalize.NewDate(2023, 5, 1)}[content-1])
		r.Origin = append(r.Origin, record.Origin{Source: uint32(r.N % 2), Position: int64(r.N)})
		r.N++
	}
	r.Packed = make([]byte, n*packing.Width)
	for i := range r.Packed {
		r.Packed[i] = 1
	}
	r.Names = make([]normalize.NameKey, n*len(packing.Names))
	r.NameHash = make([]uint64, n*len(packing.Names))
	return r
}

// Which of several forms keeps an id is what the rule says, done naively; and the
// cellar gives back what it was given.
func TestClaimsOnFormIDs(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		r := claimed(t)
		c, err := newCellar(r.Packing, dir)
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		s := c.shelver(true)
		if err := s.shelve(0, r); err != nil {
			t.Fatal(err)
		}
		if err := c.keep(r); err != nil {
			t.Fatal(err)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if err := c.came.Close(); err != nil {
			t.Fatal(err)
		}
		repeats, err := c.resolve(2)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.recall(nil, nil); err != nil {
			t.Fatal(err)
		}
		check(t, c, r, repeats)
	})
}

func check(t *rapid.T, c *cellar, r *record.Records, repeats int) {
	ids := &r.Clean[r.Schema.ColumnOf[r.Schema.Key]]
	least := map[string]int{} // form that keeps an id
	for i := range r.N {
		id := string(ids.At(i))
		if j, ok := least[id]; !ok || earlier(r, i, j) {
			least[id] = i
		}
	}
	first := map[[2]string]int{}
	reused := map[string]bool{}
	for i := range r.N {
		id, content := string(ids.At(i)), string(r.Content[i][:])
		j, again := first[[2]string{id, content}]
		if !again {
			first[[2]string{id, content}] = i
		}
		if c.repeats[i] != again {
			t.Fatalf("form %d: repeat %v", i, c.repeats[i])
		}
		if again {
			repeats--
			if slices.Max(c.known.Row(uint32(i))) != 0 {
				t.Fatalf("repeat %d of %d still takes part", i, j)
			}
			continue
		}
		want := id
		if r.Content[i] != r.Content[least[id]] {
			want = string(renamed([]byte(id), r.Content[i]))
			reused[id] = true
			if got := string(idBefore([]byte(want))); got != id {
				t.Fatalf("%q came as %q", want, got)
			}
		}
		if got := string(c.known.ID(uint32(i))); got != want {
			t.Fatalf("form %d is published as %q, want %q", i, got, want)
		}
		if c.known.KeyOf(uint32(i)) != keyOf([]byte(want)) || c.known.CollectedOf(uint32(i)) != r.Collected[i] {
			t.Fatalf("form %d: the key or date of another", i)
		}
	}
	if repeats != 0 {
		t.Fatalf("%d repeats too many were counted", repeats)
	}
	kept := map[uint32]bool{}
	for id := range reused {
		kept[uint32(first[[2]string{id, string(r.Content[least[id]][:])}])] = true
	}
	if !maps.Equal(kept, c.kept) {
		t.Fatalf("kept ids %v, want those of %v", c.kept, kept)
	}
}

func earlier(r *record.Records, a, b int) bool {
	x, y := r.Collected[a], r.Collected[b]
	if x != y {
		return x != 0 && (y == 0 || x < y)
	}
	return slices.Compare(r.Content[a][:], r.Content[b][:]) < 0
}
