package decide

import (
	"context"
	"slices"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
)

// Every pair is counted once, under its rule and its verdict; those at or above
// the link floor are links, with all that is known of them, in their order.
func TestLinksAndCounts(t *testing.T) {
	m := model.Default()
	scorer := m.NewScorer(model.Province)
	in := evidence(m, 5000, 5)
	stage, out := New(scorer, []string{"cccd", "phone"}), new(record.Links)
	for range 2 { // counts add up over batches
		out.Links = out.Links[:0]
		if err := stage.Do(context.Background(), in, out); err != nil {
			t.Fatal(err)
		}
	}
	var links []record.Link
	want := record.NewPairCounts([]string{"cccd", "phone"})
	for i, p := range in.Pairs {
		if in.Filtered[i] {
			want.AddFiltered(p.Rule)
			want.AddFiltered(p.Rule)
			continue
		}
		bits := scorer.Weight(&in.Levels[i], in.Rarity[i])
		if float64(bits) >= m.Thresholds.LinkFloor {
			links = append(links, record.Link{A: p.A, B: p.B, Weight: bits, Rule: p.Rule, Levels: in.Levels[i]})
		}
		rule := &want.Rules[p.Rule]
		rule.Pairs += 2
		switch {
		case float64(bits) >= m.Thresholds.Match:
			rule.Match += 2
			want.Match += 2
		case float64(bits) >= m.Thresholds.Review:
			rule.Review += 2
			want.Review += 2
		default:
			want.Non += 2
		}
		want.Weights.Add(float64(bits))
		want.Weights.Add(float64(bits))
	}
	if !slices.Equal(out.Links, links) || len(links) == 0 || len(links) == len(in.Pairs) {
		t.Errorf("%d links of %d pairs, want %d", len(out.Links), len(in.Pairs), len(links))
	}
	got := stage.Counts()
	if !slices.Equal(got.Rules, want.Rules) || got.Weights != want.Weights || got.Total() != 2*uint64(len(in.Pairs)) {
		t.Errorf("counts\n%+v\nwant\n%+v", got, want)
	}
	if got.Match != want.Match || got.Review != want.Review || got.Non != want.Non || got.Match == 0 || got.Non == 0 {
		t.Errorf("verdicts %d %d %d, want %d %d %d", got.Match, got.Review, got.Non, want.Match, want.Review, want.Non)
	}
}

// A pair without any evidence is no link: the prior alone never holds two
// records together.
func TestNoEvidenceIsNoLink(t *testing.T) {
	for _, class := range []model.SizeClass{model.Province, model.Nation} {
		stage, out := New(model.Default().NewScorer(class), []string{"cccd"}), new(record.Links)
		in := &record.Evidence{Pairs: []record.Pair{{A: 1, B: 2}}, Levels: []matchers.Levels{{}}, Rarity: []float32{0}, Filtered: []bool{false}}
		if err := stage.Do(context.Background(), in, out); err != nil {
			t.Fatal(err)
		}
		if len(out.Links) != 0 || stage.Counts().Non != 1 {
			t.Errorf("size class %v: %d links", class, len(out.Links))
		}
	}
}
