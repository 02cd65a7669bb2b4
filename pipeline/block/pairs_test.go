package block

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/dusach/dusach/pipeline/record"
)

// allPairs walks through every rule with keys gathered in parts and pairs made
// in ranges.
func allPairs(t rapid.TB, known *record.Known, rules []Rule, parts, ranges int, room int64) []record.Pair {
	blocks := New(known, Options{Rules: rules, Terms: uneven{}, People: people, Room: room})
	made := make([]int64, len(rules))
	var all []record.Pair
	for blocks.Next(parts) {
		for part := range parts {
			blocks.Gather(part)
		}
		for part := range parts {
			blocks.Sort(part)
		}
		blocks.Join()
		cut := blocks.Ranges(ranges)
		if len(cut) > ranges {
			t.Fatalf("%d ranges, at most %d were wanted", len(cut), ranges)
		}
		stage := NewStage(blocks)
		before := len(all)
		for i := range cut {
			for {
				var out record.Pairs
				if err := stage.Do(context.Background(), &cut[i], &out); err != nil {
					t.Fatal(err)
				}
				if len(out.Pairs) == 0 {
					break
				}
				all = append(all, out.Pairs...)
			}
		}
		made[blocks.Number()] += int64(len(all) - before)
		if got := blocks.Counts[blocks.Number()].Pairs; got != made[blocks.Number()] {
			t.Fatalf("rule %d counts %d pairs and made %d", blocks.Number(), got, made[blocks.Number()])
		}
	}
	slices.SortFunc(all, func(x, y record.Pair) int {
		return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B), cmp.Compare(x.Rule, y.Rule))
	})
	return all
}

// naivePairs asks every rule about every two people.
func naivePairs(all []person, rules []int) (pairs []record.Pair) {
	for i := range all {
		for j := i + 1; j < len(all); j++ {
			for n, r := range rules {
				if meets(r, &all[i], &all[j]) {
					pairs = append(pairs, record.Pair{A: uint32(i), B: uint32(j), Rule: uint8(n)})
					break
				}
			}
		}
	}
	return pairs
}

// drawRules draws some of the rules, in any order.
func drawRules(t *rapid.T, l *record.Packing) (numbers []int, rules []Rule) {
	numbers = rapid.Permutation(indices(len(shares))).Draw(t, "order")
	numbers = numbers[:rapid.IntRange(1, len(shares)).Draw(t, "rules")]
	for _, r := range numbers {
		rule, err := ParseRule(shares[r].text, l)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, rule)
	}
	return numbers, rules
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Every pair is made once, by the first rule that brings it, whatever the number
// of parts and ranges, and however little room there is for keys.
func TestPairsAreThoseOfTheNaiveReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPerson), 0, 60).Draw(t, "people")
		known := keep(all)
		numbers, rules := drawRules(t, known.Packing)
		got := allPairs(t, known, rules, rapid.IntRange(1, 4).Draw(t, "parts"), rapid.IntRange(1, 5).Draw(t, "ranges"),
			rapid.SampledFrom([]int64{0, 1, 500, 5000}).Draw(t, "room"))
		if want := naivePairs(all, numbers); !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// The order of the records changes nothing: the same people meet by the same
// rules.
func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPerson), 2, 40).Draw(t, "people")
		to := rapid.Permutation(indices(len(all))).Draw(t, "places")
		moved := make([]person, len(all))
		for i, at := range to {
			moved[at] = all[i]
		}
		known, other := keep(all), keep(moved)
		_, rules := drawRules(t, known.Packing)
		var want []record.Pair
		for _, p := range allPairs(t, known, rules, 2, 3, 300) {
			a, b := uint32(to[p.A]), uint32(to[p.B])
			want = append(want, record.Pair{A: min(a, b), B: max(a, b), Rule: p.Rule})
		}
		slices.SortFunc(want, func(x, y record.Pair) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
		if got := allPairs(t, other, rules, 1, 1, 0); !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// Strangers change nothing between two people, however many they are: keys are
// hot by the frozen frequencies alone.
func TestStrangersChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(drawPerson), 2, 10).Draw(t, "people")
		crowd := slices.Clone(all)
		for range rapid.IntRange(1, 40).Draw(t, "strangers") {
			crowd = append(crowd, all[rapid.IntRange(0, len(all)-1).Draw(t, "like")])
		}
		known, more := keep(all), keep(crowd)
		_, rules := drawRules(t, known.Packing)
		want := allPairs(t, known, rules, 1, 1, 0)
		got := allPairs(t, more, rules, 1, 1, 0)
		got = slices.DeleteFunc(got, func(p record.Pair) bool { return int(p.B) >= len(all) })
		if !slices.Equal(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// A block larger than a chunk is made in several goes, without a gap.
func TestLargeBlock(t *testing.T) {
	const n = 300
	all := make([]person, n)
	for i := range all {
		all[i] = person{cccd: 1_080_000_001}
	}
	known := keep(all)
	blocks := New(known, Options{Rules: []Rule{mustRule(t, "cccd", known.Packing)}, Terms: uneven{}, People: people})
	blocks.Next(1)
	blocks.Gather(0)
	blocks.Sort(0)
	blocks.Join()
	cut := blocks.Ranges(4)
	stage := NewStage(blocks)
	seen := map[record.Pair]bool{}
	goes := 0
	for i := range cut {
		var out record.Pairs
		for more := true; more; goes++ {
			if err := stage.Do(context.Background(), &cut[i], &out); err != nil {
				t.Fatal(err)
			}
			for _, p := range out.Pairs {
				if seen[p] || p.A >= p.B {
					t.Fatalf("pair %v came twice or the wrong way round", p)
				}
				seen[p] = true
			}
			more = len(out.Pairs) > 0
		}
	}
	if len(seen) != n*(n-1)/2 || goes < 10 {
		t.Fatalf("%d pairs in %d goes, want %d", len(seen), goes, n*(n-1)/2)
	}
	if got := blocks.Counts[0]; got != (Counts{Pairs: n * (n - 1) / 2, Largest: n}) {
		t.Fatalf("counts %+v", got)
	}
}

// Of two names with the same words one may be hot alone; the pair is left to a
// later rule and not lost.
func TestHalfHotPairIsLeftToALaterRule(t *testing.T) {
	all := []person{{name: "Bình Văn", cccd: 1_080_000_001}, {name: "Văn Bình", cccd: 1_080_000_001}}
	words := func(p person) float32 { return uneven{}.NameBits(key(p.name)) }
	if hot := func(p person) bool { return words(p) < 13 }; hot(all[0]) == hot(all[1]) {
		t.Fatalf("%v and %v bits: the names are of one kind", words(all[0]), words(all[1]))
	}
	known := keep(all)
	rules := []Rule{mustRule(t, "words(full_name) / province(permanent_address)", known.Packing), mustRule(t, "cccd", known.Packing)}
	if got := allPairs(t, known, rules, 1, 1, 0); !slices.Equal(got, []record.Pair{{A: 0, B: 1, Rule: 1}}) {
		t.Fatalf("got %v", got)
	}
}
