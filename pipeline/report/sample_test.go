package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/normalize/units"
	"github.com/dusach/dusach/pipeline/record"
)

// inventedNation returns the scorecard of an invented snapshot of about a
// hundred million forms in all communes: the largest page there can be.
func inventedNation(t testing.TB) *record.Scorecard {
	rng := rand.New(rand.NewPCG(7, 11))
	tally := newTally(t, record.FormSchema, "2026-11-21")
	for n := units.New(1); n <= units.MaxNew(); n++ {
		inventPlace(tally, rng, uint32(number([]byte(n.Code()))), uint64(8000+rng.IntN(50_000)), float64(n.Province()%7))
	}
	for p := range uint32(97) {
		if p == 0 || units.ProvinceName34(uint8(p)) != "" {
			inventPlace(tally, rng, noCommune+p, uint64(200+rng.IntN(3000)), 9)
		}
	}
	inventFields(tally, rng)
	tally.refused = 412_907
	for c, n := range map[reason.Code]uint64{reason.FormRowUnreadable: 201_332, reason.FormNoIdentity: 143_020, reason.NameEmpty: 68_555,
		reason.DOBInvalid: 51_204, reason.TextInvalidUTF8: 1_207, reason.FormFileUnreadable: 3} {
		tally.quarantine[c] = n
	}
	for i := range 4000 {
		o := tally.offices.find(fmt.Appendf(nil, "CA-%05d", 7*i))
		o.forms, o.refused, o.errors = uint64(rng.IntN(60_000)), uint64(rng.IntN(300)), uint64(rng.IntN(2000))
	}
	f := inventedFacts(rng, 3_000_000)
	for i := range 40 {
		f.Sources = append(f.Sources, record.SourceCount{Name: fmt.Sprintf("phieu/2026/tinh-%02d.parquet", i), Forms: uint64(rng.IntN(4_000_000)),
			Refused: uint64(rng.IntN(20_000)), Repeats: uint64(rng.IntN(900))})
	}
	return tally.Scorecard(f)
}

// inventPlace fills the counters of a place with n forms; worse lowers all of
// its measures.
func inventPlace(t *Tally, rng *rand.Rand, key uint32, n uint64, worse float64) {
	p := &t.counted[t.slot(key)]
	part := func(of uint64, share float64) uint64 {
		share += 0.3 * (1 - share) * rng.NormFloat64()
		return uint64(min(max(share, 0), 1) * float64(of))
	}
	drop := 0.004 * worse
	people := part(n, 0.94)
	c := &p.n
	c[forms], c[citizens], c[clusterForms], c[living] = n, people, n, part(people, 0.99)
	c[formErrors] = n - part(n, 0.975-drop)
	for k := range crossChecks {
		c[idGenderOf+counter(2*k)] = part(n, 0.8)
		c[idGender+counter(2*k)] = part(c[idGenderOf+counter(2*k)], 0.99-0.03*float64(k)-drop)
	}
	c[values], c[changed], c[emptied] = 19*n, 4*n, n/50
	c[citizenErrors], c[doubtful] = people-part(people, 0.98-drop), people-part(people, 0.996-drop/3)
	c[items], c[complete] = part(8*people, 0.955-2*drop), part(people, 0.82-3*drop)
	c[merged] = n - people
	c[inHousehold] = part(people, 0.9)
	c[withHead] = part(c[inHousehold], 0.97)
	c[withCommune], c[unplaced] = part(people, 0.985-drop), part(people, 0.04)
	c[undated], c[seenLately] = people/400, part(c[living], 0.41-4*drop)
	c[veryOld], c[oldStale], c[deathsOf], c[deaths] = people/3000, people/7000, people/110, people/120
	for code := range reason.NumCodes {
		if code.Severity() != reason.Error || code == reason.IDFormat || code == reason.DOBInvalid || code == reason.IDScientific {
			p.codes[code] = part(n/uint64(2+int(code)*3), 0.5)
		}
	}
	for d := range 60 {
		page := t.pageOf(p, d*17/pageDays)
		page[d*17%pageDays] += uint32(c[living]) / 60
	}
	t.forms += n
	t.people += people
	t.status[active] += c[living]
	t.status[dead] += people - c[living]
	t.sizes[1] += people - c[merged]*7/8
	t.sizes[2] += c[merged] * 6 / 8
	t.sizes[3] += c[merged] / 8
	t.sizes[7]++
	t.largest = 61
	t.sizes[61] = 2
}

func inventFields(t *Tally, rng *rand.Rand) {
	for f := range t.schema.Fields {
		fill := 1 - 0.9*math.Pow(rng.Float64(), 3)
		t.clean[f] = uint64(fill * float64(t.forms))
		t.cameMore[f] = int64(0.01*rng.Float64()*float64(t.forms)*(1-fill)) - int64(rng.IntN(100))
		t.citizens[f] = uint64(min(1, fill+0.02) * float64(t.people))
	}
}

// inventedFacts returns facts with weights in two humps, scaled to about n
// matches.
func inventedFacts(rng *rand.Rand, n float64) Facts {
	c := record.NewPairCounts([]string{"cccd", "name+birth_date", "surname+given+year+province", "mother+given", "house+surname", "phone", "head+birth_date"})
	f := Facts{Snapshot: "000042", Software: "0.3.0", Repeats: 18_442, Forgotten: 12, Reviews: uint64(n / 12), Pairs: c,
		Epoch: record.ScoreEpoch{Normalize: "3", Model: "b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184",
			Rules: "591785b794601e212b260e25925636fd", SizeClass: "nation", Match: 8.5, Review: 2.25}}
	for i := range c.Weights.Bins {
		w := float64(i+record.LeastWeight) + 0.5
		pairs := uint64(n * (30*math.Exp(-(w+14)*(w+14)/60) + 0.06*math.Exp(-(w-26)*(w-26)/90)) * (0.8 + 0.4*rng.Float64()))
		c.Weights.Bins[i] = pairs
		rule := &c.Rules[i%len(c.Rules)]
		rule.Pairs += pairs
		rule.Largest = uint64(rng.IntN(1 << 14))
		switch {
		case w >= f.Epoch.Match:
			c.Match += pairs
			rule.Match += pairs
		case w >= f.Epoch.Review:
			c.Review += pairs
			rule.Review += pairs
		default:
			c.Non += pairs
		}
	}
	c.Rules[2].RecallLost = 0.0013
	c.Weights.Below, c.Weights.Above = uint64(n/10), uint64(n/900)
	return f
}

// threeForms returns the scorecard of one province with three forms.
func threeForms(t testing.TB) *record.Scorecard {
	tally := newTally(t, record.FormSchema, "2026-01-01")
	rows := parseRows("full_name=Trần Thị Bình|office_code=VP1|permanent_address_text=x|permanent_address_new_code=00004|codes=DOB_PARTIAL\n" +
		"full_name=Lò Văn Dũng|office_code=VP1|permanent_address_text=x|permanent_address_new_code=00004|province=1|forms=2|last_seen=2025-06-01\n" +
		"full_name=Lò Văn Dũng|office_code=VP2|permanent_address_text=x|permanent_address_new_code=00008|province=1|forms=1|codes=ID_FORMAT")
	tally.Forms(formRows(t, record.FormSchema, rows))
	tally.Citizens(citizenRows(t, record.FormSchema, rows[1:]))
	pairs := record.NewPairCounts([]string{"name+birth_date"})
	pairs.Add(0, 17.2, record.Match)
	pairs.Add(0, -9, record.NonMatch)
	return tally.Scorecard(Facts{Snapshot: "000001", Software: "0.3.0", Pairs: pairs,
		Epoch: record.ScoreEpoch{Normalize: "1", Model: "abc", Rules: "def", SizeClass: "province", Match: 8.5, Review: 7.75}})
}

// nobody returns the scorecard of an empty snapshot.
func nobody(t testing.TB) *record.Scorecard {
	return newTally(t, record.FormSchema, "").Scorecard(Facts{Snapshot: "000001"})
}
