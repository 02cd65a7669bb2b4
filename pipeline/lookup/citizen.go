package lookup

import (
	"context"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A Citizen is one golden record.
type Citizen struct {
	Person              string
	Province            uint8    // 34-edition code, 0 unknown
	Values              []string // clean, by Schema.CitizenColumns
	Forms               int
	FirstSeen, LastSeen string // ISO, "" where no form is dated
	Status              string
	Flags               reason.Set
	Origins             map[record.Field]string // form of each value that forms disagree in
}

// Citizen returns the golden record of a person. Forms, if they are at hand,
// say in which province to look first.
func (s *Store) Citizen(ctx context.Context, person string, forms []Form) (*Citizen, error) {
	byProvince := map[uint8][]snapshot.File{}
	for _, f := range s.filled(snapshot.TableCitizens) {
		if code, ok := snapshotProvince(f.Path); ok {
			byProvince[code] = append(byProvince[code], f)
		}
	}
	for _, code := range s.provinces(forms) {
		parts := byProvince[code]
		part, ok, err := partOf(parts, person, func(f snapshot.File) (string, error) {
			return firstPerson(s.only(f).ReadCitizens(ctx, "person_id"), func(r *record.CitizenRows) *record.Text { return &r.Person })
		})
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if has, err := s.holds(ctx, part, person); err != nil || !has {
			if err != nil {
				return nil, err
			}
			continue
		}
		return s.citizenIn(ctx, part, person)
	}
	return nil, notFound("citizen", person, s.snap.Number)
}

// provinces lists all provinces, those that the addresses of forms name first.
func (s *Store) provinces(forms []Form) []uint8 {
	var list []uint8
	for c, column := range s.snap.Schema.Columns {
		if column.Part != record.PartNewCode {
			continue
		}
		for i := range forms {
			if code := units.NewByCode(forms[i].Values[c]).Province(); code != 0 && !slices.Contains(list, code) {
				list = append(list, code)
			}
		}
	}
	for code := range uint8(100) {
		if !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// snapshotProvince returns the province that the path of a part names.
func snapshotProvince(path string) (uint8, bool) {
	const folder = snapshot.TableCitizens + "/province="
	if len(path) < len(folder)+2 || path[:len(folder)] != folder {
		return 0, false
	}
	a, b := path[len(folder)]-'0', path[len(folder)+1]-'0'
	return a*10 + b, a <= 9 && b <= 9
}

// holds reads the one column that tells whether a person is in a part.
func (s *Store) holds(ctx context.Context, part snapshot.File, person string) (bool, error) {
	for rows, err := range s.only(part).ReadCitizens(ctx, "person_id") {
		if err != nil {
			return false, err
		}
		if from, to, passed := span(&rows.Person, person); to > from || passed {
			return to > from, nil
		}
	}
	return false, nil
}

func (s *Store) citizenIn(ctx context.Context, part snapshot.File, person string) (*Citizen, error) {
	for rows, err := range s.only(part).ReadCitizens(ctx) {
		if err != nil {
			return nil, err
		}
		if from, to, _ := span(&rows.Person, person); to > from {
			return citizenOf(rows, from), nil
		}
	}
	return nil, notFound("citizen", person, s.snap.Number)
}

func citizenOf(rows *record.CitizenRows, i int) *Citizen {
	c := &Citizen{Person: string(rows.Person.At(i)), Province: rows.Province[i], Forms: int(rows.Forms[i]),
		FirstSeen: string(rows.FirstSeen.At(i)), LastSeen: string(rows.LastSeen.At(i)), Status: string(rows.Status.At(i)),
		Flags: rows.Flags[i], Origins: map[record.Field]string{}}
	for k := range rows.Clean {
		c.Values = append(c.Values, string(rows.Clean[k].At(i)))
	}
	from, to := rows.Origins.Row(i)
	for e := from; e < to; e++ {
		c.Origins[rows.Origins.Field[e]] = string(rows.Origins.Form.At(e))
	}
	return c
}
