package lookup

import (
	"context"
	"slices"
)

// A Change is one row of the table history: from snapshot Since on, forms that
// were of Person are of Became.
type Change struct {
	Person string `json:"person_id"`
	Became string `json:"became"`
	Change string `json:"change"` // renamed, joined or split
	Since  string `json:"since"`  // snapshot, as 000042
}

// Resolve returns the person_ids that the forms of a person have now: the id
// itself if it was never changed, several where its forms were parted. History
// comes in the order of snapshots, so one pass follows any chain of changes.
// It does not say whether the snapshot ever knew the id.
func (s *Store) Resolve(ctx context.Context, person string) ([]string, []Change, error) {
	now := map[string]bool{person: true}
	var path []Change
	var since string
	var left, joined []string // of the snapshot at hand
	turn := func() {
		for _, id := range left {
			delete(now, id)
		}
		for _, id := range joined {
			now[id] = true
		}
		left, joined = left[:0], joined[:0]
	}
	for rows, err := range s.snap.ReadHistory(ctx) {
		if err != nil {
			return nil, nil, err
		}
		for i := range rows.N {
			if string(rows.Since.At(i)) != since {
				turn()
				since = string(rows.Since.At(i))
			}
			if !now[string(rows.Person.At(i))] {
				continue
			}
			c := Change{string(rows.Person.At(i)), string(rows.Became.At(i)), string(rows.Change.At(i)), since}
			left, joined, path = append(left, c.Person), append(joined, c.Became), append(path, c)
		}
	}
	turn()
	ids := make([]string, 0, len(now))
	for id := range now {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, path, nil
}

// History returns every change that led to a person or away from one: of the
// id, of those that it became, and of those that became it.
func (s *Store) History(ctx context.Context, person string) ([]Change, error) {
	var all []Change
	related := map[string]bool{person: true}
	for grown := true; grown; {
		grown = false
		all = all[:0]
		for rows, err := range s.snap.ReadHistory(ctx) {
			if err != nil {
				return nil, err
			}
			for i := range rows.N {
				from, to := string(rows.Person.At(i)), string(rows.Became.At(i))
				if !related[from] && !related[to] {
					continue
				}
				grown = grown || !related[from] || !related[to]
				related[from], related[to] = true, true
				all = append(all, Change{from, to, string(rows.Change.At(i)), string(rows.Since.At(i))})
			}
		}
	}
	return all, nil
}
