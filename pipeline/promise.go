package pipeline

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
)

// WrongMerges is how many pairs of forms that a run merges are expected to be of two
// persons, per million forms.
//
// Without a sample that people judged, Expected is the model's: forms of a citizen
// are joined link by link, the heaviest first; a join of a and b forms by a link of
// probability p is wrong with probability 1-p, and then a·b pairs are. Links that a
// person made are never wrong. AtMost adds 1.645 standard errors of that sum: the
// 95 % quantile if the probabilities are right. With a sample of the same epoch of
// which every pair has an answer, AtMost is the bound that the sample gives on the
// merges of this run, and Expected its estimate.
type WrongMerges struct {
	Expected float64 `json:"expected_per_million_forms"`
	AtMost   float64 `json:"at_most_per_million_forms"`
	Sample   string  `json:"sample,omitempty"` // "": by the model
}

// BelowPromise is a run that was not published: it may merge more pairs wrongly than
// the user allows.
type BelowPromise struct {
	Allowed float64
	Wrong   WrongMerges
}

func (e *BelowPromise) Error() string { return say.Text(e.say(), "en") }

// In says it in a language.
func (e *BelowPromise) In(lang string) string { return say.Text(e.say(), lang) }

func (e *BelowPromise) say() error {
	by := say.Words{VI: "theo mô hình, chưa có mẫu người duyệt", EN: "by the model, no judged sample yet"}
	if e.Wrong.Sample != "" {
		by = say.Words{VI: "theo mẫu " + e.Wrong.Sample, EN: "by sample " + e.Wrong.Sample}
	}
	return say.Errorf("chưa công bố: có thể gộp nhầm tới %.0f cặp trên một triệu phiếu (%v), giới hạn đã đặt là %.0f; hãy duyệt thêm (dusach review sample, dusach review list) hoặc nâng giới hạn",
		"nothing was published: up to %.0f pairs per million forms may be merged wrongly (%v), the limit is %.0f; review more (dusach review sample, dusach review list) or raise the limit",
		e.Wrong.AtMost, by, e.Allowed)
}

// promise reckons the wrong merges of a run, and ends it where there may be more
// than the user allows.
func (p *Pipeline) promise(r *run, clusters *record.Clusters, links []record.Link) error {
	if r.job == nil {
		return nil
	}
	audit, err := p.audit(r.job.Store)
	if err != nil {
		return err
	}
	expected, variance, sizes := p.expectWrong(&r.cellar.known, clusters, links)
	million := 1e6 / float64(max(r.counts.Forms, 1))
	r.wrong = WrongMerges{Expected: expected * million, AtMost: (expected + 1.645*math.Sqrt(variance)) * million}
	if audit != nil {
		r.wrong = WrongMerges{Expected: audit.Share(sizes) * million, AtMost: audit.Carried(sizes) * million, Sample: audit.Sample}
	}
	if most := r.job.MaxWrong; most != nil && r.wrong.AtMost > *most {
		return &BelowPromise{*most, r.wrong}
	}
	return nil
}

// audit returns the latest sample of a store that was drawn under this epoch and
// judged to the last pair, nil if there is none.
func (p *Pipeline) audit(store string) (*review.Audit, error) {
	names, err := review.Samples(store)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	ledger, err := review.Read(store)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Backward(names) {
		s, err := review.ReadSample(store, name)
		if err != nil {
			return nil, err
		}
		if s.Epoch != p.epoch() {
			continue
		}
		if a := s.Audit(ledger); a.Missing == 0 {
			return a, nil
		}
	}
	return nil, nil
}

// compareKeys orders linked records by the hashes of their form ids.
func compareKeys(known *record.Known, a, b uint32) int {
	x, y := known.KeyOf(a), known.KeyOf(b)
	return bytes.Compare(x[:], y[:])
}

// expectWrong returns how many merged pairs are expected to be wrong, the variance
// of that number, and how many pairs each stratum of an audit has.
func (p *Pipeline) expectWrong(known *record.Known, clusters *record.Clusters, links []record.Link) (expected, variance float64, sizes [review.NumStrata]int) {
	match := p.cfg.Model.Thresholds.Match
	g := merges{of: map[uint32]uint32{}, size: map[uint32]float64{}}
	var merged []record.Link
	for i := range links {
		l := &links[i]
		same := clusters.Founder[l.A] == clusters.Founder[l.B]
		pair := review.Pair{Merged: same, Linked: true, Weight: float64(l.Weight)}
		if same {
			m := *l
			if compareKeys(known, m.A, m.B) > 0 {
				m.A, m.B = m.B, m.A
			}
			merged = append(merged, m)
			sizes[pair.Stratum(match)]++
		}
	}
	slices.SortFunc(merged, func(x, y record.Link) int { // of equals by form, whatever the numbers of records
		if x.Must != y.Must {
			if x.Must {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), compareKeys(known, x.A, y.A), compareKeys(known, x.B, y.B))
	})
	add := func(pairs, wrong float64) {
		expected += pairs * wrong
		variance += pairs * pairs * wrong * (1 - wrong)
	}
	for i := range merged {
		wrong := 1 - float64(model.Probability(merged[i].Weight))
		if merged[i].Must {
			wrong = 0
		}
		if pairs := g.join(merged[i].A, merged[i].B); pairs > 0 {
			add(pairs, wrong)
		}
	}
	// What no link joins was joined by an average at the threshold or above.
	total := pairsOf(clusters)
	if rest := total - g.joined; rest > 0 {
		wrong := 1 - float64(model.Probability(float32(match)))
		expected, variance = expected+rest*wrong, variance+rest*rest*wrong*(1-wrong)
	}
	sizes[review.Joined] = int(total) - len(merged)
	return expected, variance, sizes
}

// pairsOf returns how many pairs of records are of one citizen.
func pairsOf(clusters *record.Clusters) (pairs float64) {
	others := map[uint32]float64{} // of each founder of more than one form
	for i, f := range clusters.Founder {
		if uint32(i) != f {
			others[f]++
		}
	}
	for _, n := range others {
		pairs += (n + 1) * n / 2 // whole numbers: their order does not matter
	}
	return pairs
}

// merges are the groups of records that links have joined so far.
type merges struct {
	of     map[uint32]uint32  // towards the name of the group; absent: a group of its own
	size   map[uint32]float64 // absent: 1
	joined float64            // pairs within groups
}

// join returns how many pairs the two groups of a link have between them, 0 where
// they are one already, and makes them one.
func (g *merges) join(a, b uint32) (pairs float64) {
	a, b = g.find(a), g.find(b)
	if a == b {
		return 0
	}
	na, nb := max(g.size[a], 1), max(g.size[b], 1)
	g.of[b], g.size[a] = a, na+nb
	g.joined += na * nb
	return na * nb
}

func (g *merges) find(r uint32) uint32 {
	for {
		up, ok := g.of[r]
		if !ok {
			return r
		}
		if next, ok := g.of[up]; ok {
			g.of[r] = next
		}
		r = up
	}
}
