package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// Facts are what the run knows and no row tells.
type Facts struct {
	Snapshot  string // as "000042"
	Software  string // version of dusach
	Epoch     record.ScoreEpoch
	Repeats   uint64 // forms received again with the same content
	Forgotten uint64 // forms erased at the request of their owner
	Reviews   uint64 // pairs that wait for a person's decision
	Sources   []record.SourceCount
	Pairs     *record.PairCounts // nil if no pair was made
}

// Scorecard returns all measures of what was counted.
func (t *Tally) Scorecard(f Facts) *record.Scorecard {
	s := &record.Scorecard{
		Version: record.ScorecardVersion, Snapshot: f.Snapshot, Software: f.Software, Epoch: f.Epoch,
		Counts:     t.totals(f),
		Fields:     t.fieldFills(),
		Quarantine: codeCounts(&t.quarantine),
		Sources:    append([]record.SourceCount{}, f.Sources...),
		Offices:    t.offices.list(), OfficesOmitted: t.offices.overflow,
		Clusters: t.clusters(),
	}
	if t.today != noDay {
		s.Today = t.today.String()
	}
	if f.Pairs != nil {
		s.Pairs = *f.Pairs
	}
	if s.Pairs.Rules == nil {
		s.Pairs.Rules = []record.RuleCount{}
	}
	t.addPlaces(s)
	return s
}

func (t *Tally) totals(f Facts) record.ScoreCounts {
	per1000 := math.Round(float64(f.Reviews)/float64(max(t.forms, 1))*1e6) / 1e3
	return record.ScoreCounts{
		In:    t.forms + t.refused + f.Repeats + f.Forgotten,
		Forms: t.forms, Refused: t.refused, Repeats: f.Repeats, Forgotten: f.Forgotten,
		Citizens: t.people, Merged: t.forms - min(t.people, t.forms), Reviews: f.Reviews, ReviewsPer1000: per1000,
		Active: t.status[active], Dead: t.status[dead],
		Emigrated: t.status[emigrated], Renounced: t.status[renounced],
	}
}

// addPlaces sums communes to provinces and provinces to the nation.
func (t *Tally) addPlaces(s *record.Scorecard) {
	order := make([]*place, len(t.counted))
	for i := range t.counted {
		order[i] = &t.counted[i]
	}
	slices.SortFunc(order, func(a, b *place) int {
		return cmp.Or(cmp.Compare(t.places.provinceOfKey(a.key), t.places.provinceOfKey(b.key)), cmp.Compare(a.key, b.key))
	})
	s.Provinces = []record.ProvinceScore{}
	all, allDays := new(place), new(histogram)
	for len(order) > 0 {
		code := t.places.provinceOfKey(order[0].key)
		n := 1
		for n < len(order) && t.places.provinceOfKey(order[n].key) == code {
			n++
		}
		s.Provinces = append(s.Provinces, t.province(code, order[:n]))
		for _, p := range order[:n] {
			all.add(p)
			allDays.add(t, p)
		}
		order = order[n:]
	}
	s.Nation = t.measures(all, allDays)
}

func (t *Tally) province(code uint8, communes []*place) record.ProvinceScore {
	sum, sumDays := new(place), new(histogram)
	out := record.ProvinceScore{Code: fmt.Sprintf("%02d", code), Name: units.ProvinceName34(code)}
	for _, p := range communes {
		days := new(histogram)
		days.add(t, p)
		c := record.CommuneScore{Measures: t.measures(p, days)}
		if p.key < noCommune {
			c.Code, c.Name = fmt.Sprintf("%05d", p.key), t.places.communeName(p.key, t.today)
		}
		out.Communes = append(out.Communes, c)
		sum.add(p)
		sumDays.add(t, p)
	}
	out.Measures = t.measures(sum, sumDays)
	return out
}

// add adds the counters of p; days are added by histogram.
func (q *place) add(p *place) {
	addAll(q.n[:], p.n[:])
	addAll(q.codes[:], p.codes[:])
}

// measures turns counters into shares: what each is stands at its field.
func (t *Tally) measures(p *place, days *histogram) record.Measures {
	n := &p.n
	received := n[values] - n[derived] + n[emptied]
	out := record.Measures{
		Forms: n[forms], Citizens: n[citizens],
		Work: n[formErrors] + n[citizens] - n[complete] + n[doubtful],
		True: record.TrueMeasures{
			Forms:      share(n[forms]-n[formErrors], n[forms]),
			Citizens:   share(n[citizens]-n[citizenErrors], n[citizens]),
			IDGender:   share(n[idGender], n[idGenderOf]),
			IDYear:     share(n[idYear], n[idYearOf]),
			IDProvince: share(n[idProvince], n[idProvinceOf]),
		},
		Enough: record.EnoughMeasures{
			Items:    share(n[items], n[citizens]*uint64(len(t.cols.mandatory))),
			Complete: share(n[complete], n[citizens]),
			Commune:  share(n[withCommune], n[citizens]),
			Head:     share(n[withHead], n[inHousehold]),
		},
		Clean: record.CleanMeasures{
			Settled: share(n[citizens]-n[doubtful], n[citizens]),
			Merged:  share(n[merged], n[clusterForms]),
			Changed: share(n[changed], received),
			Emptied: share(n[emptied], received),
		},
		Live: record.LiveMeasures{
			MedianDays: days.quantile(50), P95Days: days.quantile(95),
			Undated:   share(n[undated], n[living]),
			Abolished: share(p.codes[reason.AddrObsoleteUnit], n[forms]),
			Unplaced:  share(n[unplaced], n[citizens]),
			Old:       share(n[oldStale], n[veryOld]),
			Deaths:    share(n[deaths], n[deathsOf]),
		},
		Codes: map[string]uint64{},
	}
	if t.today != noDay {
		out.Live.Recent = share(n[seenLately], n[living])
	}
	for _, c := range codeCounts(&p.codes) {
		out.Codes[c.Code] = c.Forms
	}
	return out
}

func (t *Tally) fieldFills() []record.FieldFill {
	out := []record.FieldFill{}
	for f, def := range t.schema.Fields {
		fill := record.FieldFill{
			Name:      def.Name,
			Mandatory: slices.Contains(t.cols.mandatory, slices.Index(t.schema.CitizenColumns, t.schema.ColumnOf[f])),
			Received:  share(uint64(int64(t.clean[f])+t.cameMore[f]), t.forms),
			Clean:     share(t.clean[f], t.forms),
		}
		if !def.Sheet {
			fill.Citizens = share(t.citizens[f], t.people)
		}
		out = append(out, fill)
	}
	return out
}

func (t *Tally) clusters() record.ClusterCounts {
	out := record.ClusterCounts{Sizes: []record.ClusterSize{}, Larger: t.larger, Largest: t.largest}
	for n, people := range t.sizes {
		if people > 0 {
			out.Sizes = append(out.Sizes, record.ClusterSize{Forms: uint64(n), Citizens: people})
		}
	}
	return out
}

// codeCounts returns the codes that n counts, in the order of the registry.
func codeCounts(n *[reason.NumCodes]uint64) []record.CodeCount {
	out := []record.CodeCount{}
	for c, forms := range n {
		if forms > 0 {
			out = append(out, record.CodeCount{Code: reason.Code(c).String(), Forms: forms})
		}
	}
	return out
}

func share(count, of uint64) record.Share { return record.Share{Count: count, Of: of} }
