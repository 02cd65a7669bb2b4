package pipeline

import (
	"bytes"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// What became of a person_id.
const (
	changeRenamed = "renamed" // all its forms are one citizen, under another id
	changeJoined  = "joined"  // … and so are those of another id
	changeSplit   = "split"   // its forms are several citizens now
)

// publishHistory writes the table history: all of the snapshot before, and for
// each person_id of it whose forms are not one citizen of the same id any
// more, what became of it.
func (p *Pipeline) publishHistory(r *run, clusters *record.Clusters) error {
	out, err := r.draft.History(0)
	if err != nil {
		return err
	}
	var rows record.HistoryRows
	if r.before != nil {
		gone, err := r.goneFor(r.before)
		if err != nil {
			return err
		}
		for old, err := range r.before.snapshot.ReadHistory(r.ctx) {
			if err != nil {
				return err
			}
			if err := out.WriteRows(gone.keptHistory(old)); err != nil {
				return err
			}
		}
		if err := r.changes(clusters, &rows); err != nil {
			return err
		}
		if err := out.WriteRows(&rows); err != nil {
			return err
		}
	}
	r.counts.History = out.Rows()
	return out.Close()
}

// move is a form that was of one person and is of another.
type move struct{ from, to record.PersonKey }

// changes appends what became of the persons of the snapshot before.
func (r *run) changes(clusters *record.Clusters, rows *record.HistoryRows) error {
	moves := make([]move, r.before.forms)
	err := r.cellar.follow(func(i uint32, t trace) error {
		if int(i) < len(moves) {
			moves[i] = move{r.before.person[i], r.cellar.personOf(clusters, i, t.id)}
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(moves, func(a, b move) int {
		if c := bytes.Compare(a.from[:], b.from[:]); c != 0 {
			return c
		}
		return bytes.Compare(a.to[:], b.to[:])
	})
	moves = slices.Compact(moves)
	sources := map[record.PersonKey]int{} // how many old ids lead to a new one
	for _, m := range moves {
		sources[m.to]++
	}
	var person, became []byte
	for from := 0; from < len(moves); {
		to := from + 1
		for to < len(moves) && moves[to].from == moves[from].from {
			to++
		}
		for _, m := range moves[from:to] {
			if to-from == 1 && m.from == m.to {
				continue
			}
			change := changeRenamed
			switch {
			case to-from > 1:
				change = changeSplit
			case sources[m.to] > 1:
				change = changeJoined
			}
			person, became = record.AppendPerson(person[:0], m.from), record.AppendPerson(became[:0], m.to)
			rows.Add(person, became, change, r.draft.Number)
		}
		from = to
	}
	return nil
}
