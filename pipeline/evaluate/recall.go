package evaluate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
)

// A tally counts, of some true pairs, those in one citizen, those that people
// will see, and those that were linked at all.
type tally struct{ pairs, together, review, linked uint64 }

func (c *tally) add(together, review, linked bool) {
	c.pairs++
	if together {
		c.together++
	}
	if together || review {
		c.review++
	}
	if together || linked {
		c.linked++
	}
}

// measurePairs goes through the true pairs: index is ordered by person.
func (t *Truth) measurePairs(r *reading, index []uint32, res *Result) {
	var all tally
	perProcess := map[string]*tally{}
	parts := t.processNames()
	for person := range t.runs(index, entry.ofPerson) {
		for i, a := range person {
			for _, b := range person[:i] {
				x, y := &t.entries[a], &t.entries[b]
				l, linked := r.linked(a, b)
				together, review := x.citizen == y.citizen, linked && l.verdict != record.NonMatch
				all.add(together, review, linked)
				for _, name := range parts[x.process] {
					countFor(perProcess, name).add(together, review, linked)
				}
				if x.process == y.process {
					continue
				}
				for _, name := range parts[y.process] {
					if !slices.Contains(parts[x.process], name) {
						countFor(perProcess, name).add(together, review, linked)
					}
				}
			}
		}
	}
	res.Links.RecallWithReview = ratio(all.review, all.pairs)
	res.Links.LinkedOrTogether = ratio(all.linked, all.pairs)
	right, wrong := uint64(0), uint64(0)
	for _, l := range r.links {
		switch {
		case l.verdict != record.Review:
		case l.same:
			right++
		default:
			wrong++
		}
	}
	res.Links.ReviewsThatAreOne = ratio(right, right+wrong)
	for name, c := range perProcess {
		res.Processes = append(res.Processes, ProcessRecall{Process: name, Pairs: c.pairs, Found: c.together,
			Recall: ratio(c.together, c.pairs), RecallWithReview: ratio(c.review, c.pairs)})
	}
	slices.SortFunc(res.Processes, func(a, b ProcessRecall) int {
		return cmp.Or(cmp.Compare(a.Recall, b.Recall), cmp.Compare(a.Process, b.Process))
	})
}

func countFor(m map[string]*tally, name string) *tally {
	c, ok := m[name]
	if !ok {
		c = &tally{}
		m[name] = c
	}
	return c
}

// processNames splits each text of the column process into its names.
func (t *Truth) processNames() [][]string {
	names := make([][]string, len(t.processes.texts))
	for i, text := range t.processes.texts {
		for name := range strings.SplitSeq(text, "+") {
			if name = strings.TrimSpace(name); name != "" && !slices.Contains(names[i], name) {
				names[i] = append(names[i], name)
			}
		}
	}
	return names
}
