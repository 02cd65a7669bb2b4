package pipeline

import (
	"bytes"
	"slices"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// verdictOf says what became of a link: its records are one citizen, or a
// person has to look, or neither.
func (p *Pipeline) verdictOf(r *run, c *record.Clusters, l *record.Link) record.Verdict {
	switch {
	case c.Founder[l.A] == c.Founder[l.B]:
		return record.Match
	case r.decided.parted(l.A, l.B):
		return record.NonMatch
	case p.scorer.Verdict(l.Weight) != model.NonMatch:
		return record.Review
	}
	return record.NonMatch
}

// findings of a record are the codes that only the whole of the forms can tell, a
// bit each.
type findings uint8

const (
	foundReview findings = 1 << iota
	foundProbable
	foundOthersNumber
	foundSameNumber
	foundReused
	allFindings = 1<<iota - 1
)

// codesOf are the codes of findings.
var codesOf = func() (sets [allFindings + 1]reason.Set) {
	codes := [...]reason.Code{reason.DupReview, reason.DupProbable, reason.IDDuplicateDifferentPerson, reason.DupSameID, reason.FormIDReused}
	for f := range sets {
		for bit, code := range codes {
			if f>>bit&1 != 0 {
				sets[f].Add(code)
			}
		}
	}
	return sets
}()

// found returns the findings of each record.
func (p *Pipeline) found(r *run, clusters *record.Clusters, links []record.Link) []findings {
	known := &r.cellar.known
	extra := make([]findings, known.Len())
	for i := range links {
		l := &links[i]
		switch p.verdictOf(r, clusters, l) {
		case record.Review:
			extra[l.A] |= foundReview
			extra[l.B] |= foundReview
		case record.Match:
			extra[l.A] |= foundProbable
			extra[l.B] |= foundProbable
		}
	}
	p.sharedNumbers(known, clusters, extra)
	for i := range r.cellar.kept { // the others are marked where they get their new id
		extra[i] |= foundReused
	}
	return extra
}

// sharedNumbers marks the records of different citizens that bear one personal
// identity number.
func (p *Pipeline) sharedNumbers(known *record.Known, clusters *record.Clusters, extra []findings) {
	field := known.Packing.Schema.Number
	if field == record.None {
		return
	}
	at := known.Packing.Offset[field]
	type holder struct {
		number uint64
		rec    uint32
	}
	var holders []holder
	for i := range uint32(known.Len()) {
		if n := record.Uint40(known.Row(i), at); n != 0 {
			holders = append(holders, holder{n, i})
		}
	}
	slices.SortFunc(holders, func(a, b holder) int {
		if a.number != b.number {
			return int(int64(a.number) - int64(b.number))
		}
		return int(int64(a.rec) - int64(b.rec))
	})
	for from := 0; from < len(holders); {
		to, shared := from+1, false
		for to < len(holders) && holders[to].number == holders[from].number {
			shared = shared || clusters.Founder[holders[to].rec] != clusters.Founder[holders[from].rec]
			to++
		}
		for _, h := range holders[from:to] {
			if shared {
				extra[h.rec] |= foundOthersNumber
			} else if to-from > 1 {
				extra[h.rec] |= foundSameNumber
			}
		}
		from = to
	}
}

// linkBatch is how many links go to the writer at once.
const linkBatch = 4096

// publishLinks writes the table links, ordered by the ids of its forms.
func (p *Pipeline) publishLinks(r *run, clusters *record.Clusters, links []record.Link) error {
	known := &r.cellar.known
	kept := links[:0]
	for _, l := range links {
		if bytes.Compare(known.ID(l.A), known.ID(l.B)) > 0 {
			l.A, l.B = l.B, l.A
		}
		switch p.verdictOf(r, clusters, &l) {
		case record.NonMatch:
			continue
		case record.Review:
			r.reviews++
		}
		kept = append(kept, l)
	}
	slices.SortFunc(kept, func(x, y record.Link) int {
		if c := bytes.Compare(known.ID(x.A), known.ID(y.A)); c != 0 {
			return c
		}
		return bytes.Compare(known.ID(x.B), known.ID(y.B))
	})
	out, err := r.draft.Links(0, p.linkRules(r))
	if err != nil {
		return err
	}
	var rows record.LinkRows
	for i := range kept {
		p.addLink(r, clusters, &kept[i], &rows)
		if rows.N == linkBatch || i == len(kept)-1 {
			if err := out.WriteRows(&rows); err != nil {
				return err
			}
			rows.Reset()
		}
	}
	r.counts.Links = int64(len(kept))
	return out.Close()
}

func (p *Pipeline) addLink(r *run, clusters *record.Clusters, l *record.Link, rows *record.LinkRows) {
	known := &r.cellar.known
	rows.N++
	rows.FormA.Append(known.ID(l.A))
	rows.FormB.Append(known.ID(l.B))
	rows.Rule = append(rows.Rule, l.Rule)
	rows.Levels.Slab = appendLevels(rows.Levels.Slab, p.cfg.Comparisons.Describe(), &l.Levels)
	rows.Levels.Close()
	rows.Weight = append(rows.Weight, float64(l.Weight))
	rows.Probability = append(rows.Probability, float64(model.Probability(l.Weight)))
	rows.Verdict = append(rows.Verdict, p.verdictOf(r, clusters, l))
}

// appendLevels writes levels as "full_name=exact birth_date=year", those
// without evidence left out.
func appendLevels(dst []byte, list []matchers.Comparison, levels *matchers.Levels) []byte {
	first := true
	for i := range list {
		if levels[i] == matchers.Null {
			continue
		}
		if !first {
			dst = append(dst, ' ')
		}
		first = false
		dst = append(dst, list[i].Name...)
		dst = append(dst, '=')
		dst = append(dst, list[i].Levels[levels[i]].Name...)
	}
	return dst
}

// publishOrigins writes where each form, repeat and refusal came from. Refusals
// were written as they came; forms follow in the order in which they were read.
func (p *Pipeline) publishOrigins(r *run) error {
	if err := r.carryOrigins(); err != nil {
		return err
	}
	known := &r.cellar.known
	var rows record.OriginRows
	err := r.cellar.follow(func(i uint32, t trace) error {
		if t.origin.Source == replayed {
			return nil
		}
		outcome, id := record.Accepted, t.id
		if r.cellar.repeats[i] {
			outcome = record.Repeat
		} else if taken, ok := known.Renamed[i]; ok {
			id = taken
		}
		rows.Add(id, t.origin, outcome)
		if rows.N < linkBatch {
			return nil
		}
		err := r.origins.WriteRows(&rows)
		rows.Reset()
		return err
	})
	if err != nil {
		return err
	}
	if err := r.origins.WriteRows(&rows); err != nil {
		return err
	}
	return r.origins.Close()
}
