package pipeline

import (
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// DecidedRule is what a link is said to be brought by that no blocking rule
// brings: a person.
const DecidedRule = "review"

// decisions are what people decided about the records of a run, in numbers. The
// zero value is that of a store without reviews.
type decisions struct {
	same  []record.Pair // A < B
	apart map[[2]uint32]bool
}

// decide finds the records of what people decided. Decisions on forms that the
// store does not hold wait for them.
func (r *run) decide() error {
	r.decided = decisions{}
	if r.ledger == nil || len(r.ledger.List) == 0 {
		return nil
	}
	v := r.ledger.Resolve()
	if n := len(v.Contradicted); n > 0 {
		r.progress.Warn(say.Errorf("%d quyết định \"cùng người\" không được theo vì trái với quyết định \"khác người\": xem dusach review list --decided",
			"%d decisions for one citizen are not followed, others contradict them: see dusach review list --decided", n))
	}
	wanted := map[record.PersonKey]uint32{}
	for _, d := range r.ledger.List {
		if d.Erased != 0 {
			continue
		}
		wanted[keyOf([]byte(d.A))], wanted[keyOf([]byte(d.B))] = 0, 0
	}
	err := r.cellar.eachKey(func(i uint32, key record.PersonKey) {
		if _, ok := wanted[key]; ok && !(len(r.cellar.repeats) > 0 && r.cellar.repeats[i]) {
			wanted[key] = i + 1
		}
	})
	if err != nil {
		return err
	}
	numbers := func(d review.Decision) (a, b uint32, ok bool) {
		a, b = wanted[keyOf([]byte(d.A))], wanted[keyOf([]byte(d.B))]
		return min(a, b) - 1, max(a, b) - 1, a != 0 && b != 0
	}
	for _, d := range v.Same {
		if a, b, ok := numbers(d); ok && (r.sides == nil || r.sides[a] != r.sides[b]) {
			r.decided.same = append(r.decided.same, record.Pair{A: a, B: b})
		}
	}
	r.decided.apart = map[[2]uint32]bool{}
	for _, d := range v.Apart {
		if a, b, ok := numbers(d); ok {
			r.decided.apart[[2]uint32{a, b}] = true
		}
	}
	return nil
}

// parted reports whether a person said that two records are two citizens.
func (d *decisions) parted(a, b uint32) bool {
	return len(d.apart) > 0 && d.apart[[2]uint32{min(a, b), max(a, b)}]
}

// follow makes what people decided a part of the run: it marks the links that they
// made and adds those that no rule brought.
func (p *Pipeline) follow(r *run, links []record.Link) ([]record.Link, error) {
	if err := r.decide(); err != nil {
		return nil, err
	}
	if len(r.decided.same) == 0 {
		return links, nil
	}
	at := make(map[[2]uint32]bool, len(r.decided.same))
	for _, s := range r.decided.same {
		at[[2]uint32{s.A, s.B}] = false
	}
	for i := range links {
		pair := [2]uint32{min(links[i].A, links[i].B), max(links[i].A, links[i].B)}
		if _, ok := at[pair]; ok {
			links[i].Must, at[pair] = true, true
		}
	}
	j := p.newPairJudge(r)
	for _, s := range r.decided.same {
		if !at[[2]uint32{s.A, s.B}] {
			w := j.weigh(s.A, s.B)
			links = append(links, record.Link{A: s.A, B: s.B, Weight: w, Rule: p.decidedRule(), Levels: j.levels, Must: true})
		}
	}
	return links, nil
}

// decidedRule is the number of DecidedRule among the rules.
func (p *Pipeline) decidedRule() uint8 { return uint8(len(p.cfg.Rules)) }

// linkRules are the names of the rules that links are brought by.
func (p *Pipeline) linkRules(r *run) []string {
	names := p.cfg.RuleNames()
	if len(r.decided.same) > 0 {
		names = append(names, DecidedRule)
	}
	return names
}

// reviewsOf says in the manifest which decisions a snapshot follows.
func reviewsOf(l *review.Ledger) *snapshot.Reviews {
	if l == nil || len(l.List) == 0 {
		return nil
	}
	return &snapshot.Reviews{Decisions: len(l.List), Hash: l.Head()}
}
