package pipeline

import (
	"bytes"
	"strconv"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/cluster"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/decide"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/standardize"
)

func (p *Pipeline) newJudge(r *run, blocks *block.Blocks) *judge {
	return &judge{
		walk:    walk{ctx: r.ctx},
		rules:   p.cfg.RuleNames(),
		block:   block.NewStage(blocks),
		compare: compare.New(p.cfg.Comparisons, &r.cellar.known, p.cfg.Comparisons.NewFilter(p.scorer)),
		decide:  decide.New(p.scorer, p.cfg.RuleNames()),
	}
}

func (p *Pipeline) newSettler(r *run) *settler {
	threshold := float32(p.cfg.Model.Thresholds.Match)
	if r.sides != nil {
		return &settler{walk: walk{ctx: r.ctx}, cluster: cluster.NewAssignment(&r.cellar.known, r.sides, threshold, r.decided.parted)}
	}
	return &settler{walk: walk{ctx: r.ctx}, cluster: cluster.New(&r.cellar.known, p.newPairJudge(r), threshold)}
}

// pairJudge scores any two records, whether or not they share a block.
type pairJudge struct {
	set        *compare.Set
	impossible *compare.Impossible
	known      *record.Known
	scorer     *model.Scorer
	decided    *decisions
	match      float32
	levels     matchers.Levels // of the pair that was weighed last
}

func (p *Pipeline) newPairJudge(r *run) *pairJudge {
	return &pairJudge{set: p.cfg.Comparisons, impossible: compare.NewImpossible(p.cfg.Packing), known: &r.cellar.known, scorer: p.scorer,
		decided: &r.decided, match: float32(p.cfg.Model.Thresholds.Match)}
}

func (j *pairJudge) weigh(a, b uint32) float32 {
	rarity := j.set.Compare(j.known, j.known.Row(a), j.known.Row(b), &j.levels)
	return j.scorer.Weight(&j.levels, rarity)
}

// Judge returns the weight of a pair, and what keeps the two apart in any cluster.
// A person's word always does. Two valid personal numbers that differ in more than a
// slip, a parent and a child, or one who was born after the other's form was
// taken do so unless everything else says that they are one person: people with two
// numbers and slips of a date exist.
func (j *pairJudge) Judge(a, b uint32) (weight float32, cannot record.Constraint) {
	weight = j.weigh(a, b)
	if j.decided.parted(a, b) {
		return weight, record.ApartByPerson
	}
	if weight >= j.match {
		return weight, record.MayJoin
	}
	if at := j.set.IdentityAt(); at >= 0 {
		if l := j.levels[at]; l == library.IDConflict || l == library.IDConflictOther {
			return weight, record.ApartByNumbers
		}
	}
	return weight, j.impossible.Judge(j.known, a, b)
}

// keyOf is the founding hash of a form id.
func keyOf(id []byte) record.PersonKey { return standardize.KeyOf(id) }

func appendISO(dst []byte, d normalize.Date) []byte { return normalize.AppendISO(dst, d) }

// provinceOf returns the province of today in which a commune lies, by either
// of its codes.
func provinceOf(newCode, oldCode []byte) uint8 {
	if n := units.NewByCode(string(newCode)); n != 0 {
		return n.Province()
	}
	if o := units.OldOf(string(oldCode)); o != 0 {
		return units.ProvinceNewOf(o.Province())
	}
	return 0
}

// renderReport writes the page of a scorecard.
func renderReport(s *record.Scorecard, lang string) ([]byte, error) {
	var page bytes.Buffer
	if err := report.Write(&page, s, lang); err != nil {
		return nil, err
	}
	return page.Bytes(), nil
}

// Number returns n with thousands set apart as a language does it.
func Number(n int64, lang string) string {
	digits := strconv.FormatInt(n, 10)
	comma := byte('.')
	if lang == "en" {
		comma = ','
	}
	var out []byte
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 && digits[i-1] != '-' {
			out = append(out, comma)
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// frequencies are the model's frozen term frequencies as blocking wants them:
// how rare words are whatever their marks.
type frequencies struct{ terms *model.Terms }

// SurnameBits says how rare the surname of k is.
func (f frequencies) SurnameBits(k *normalize.NameKey) float32 {
	return f.terms.RarityBare(k.Word(0), model.Surname)
}

// GivenBits says how rare the given name of k is.
func (f frequencies) GivenBits(k *normalize.NameKey) float32 {
	return f.terms.RarityBare(k.Word(int(k.N)-1), model.Given)
}

// NameBits says how rare all words of k are together.
func (f frequencies) NameBits(k *normalize.NameKey) float32 {
	bits := f.GivenBits(k)
	if k.N > 1 {
		bits += f.SurnameBits(k)
	}
	for i := 1; i < int(k.N)-1; i++ {
		bits += f.terms.RarityBare(k.Word(i), model.Middle)
	}
	return bits
}
