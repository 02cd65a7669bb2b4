package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"
	"pgregory.net/rapid"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// Every number of a tiny snapshot stands in testdata/scorecard, counted by
// hand.
func TestScorecardByHand(t *testing.T) {
	var tally *Tally
	datadriven.RunTest(t, "testdata/scorecard", func(t *testing.T, d *datadriven.TestData) string {
		switch d.Cmd {
		case "today":
			var date string
			d.ScanArgs(t, "date", &date)
			tally = newTally(t, record.FormSchema, date)
			return ""
		case "forms":
			tally.Forms(formRows(t, record.FormSchema, parseRows(d.Input)))
			return ""
		case "citizens":
			tally.Citizens(citizenRows(t, record.FormSchema, parseRows(d.Input)))
			return ""
		case "refusals":
			tally.Refusals(refusals(t, parseRows(d.Input)))
			return ""
		}
		return part(t, d, tally.Scorecard(Facts{Snapshot: "000001", Repeats: 2, Forgotten: 1, Reviews: 1}))
	})
}

// part prints one part of a scorecard as JSON, a line a member.
func part(t *testing.T, d *datadriven.TestData, s *record.Scorecard) string {
	var v any
	switch d.Cmd {
	case "counts":
		v = s.Counts
	case "fields":
		v = slices.DeleteFunc(slices.Clone(s.Fields), func(f record.FieldFill) bool { return f.Received.Count == 0 && f.Clean.Count == 0 })
	case "offices":
		v = map[string]any{"offices": s.Offices, "quarantine": s.Quarantine}
	case "clusters":
		v = s.Clusters
	case "measures":
		var place string
		d.ScanArgs(t, "place", &place)
		v = measuresOf(t, s, place)
	default:
		t.Fatalf("no command %q", d.Cmd)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`},"`, "},\n\"", `},{`, "},\n{").Replace(string(b)) + "\n"
}

func measuresOf(t *testing.T, s *record.Scorecard, place string) record.Measures {
	if place == "nation" {
		return s.Nation
	}
	province, commune, inside := strings.Cut(place, "/")
	for _, p := range s.Provinces {
		if p.Code != province {
			continue
		}
		if !inside {
			return p.Measures
		}
		for _, c := range p.Communes {
			if c.Code == commune {
				return c.Measures
			}
		}
	}
	t.Fatalf("no place %q", place)
	return record.Measures{}
}

// Rows may be split over workers in any way and merged in any order.
func TestMergeLaws(t *testing.T) {
	forms, citizens := sampleForMerge(t)
	refused := parseRows("office_code=a|codes=FORM_NO_IDENTITY\noffice_code=b|codes=TEXT_TOO_LONG NAME_EMPTY\noffice_code=a|codes=NAME_EMPTY")
	whole := newTally(t, record.FormSchema, "2026-01-01")
	whole.Forms(formRows(t, record.FormSchema, forms))
	whole.Citizens(citizenRows(t, record.FormSchema, citizens))
	whole.Refusals(refusals(t, refused))
	want := encode(t, whole.Scorecard(Facts{}))

	rapid.Check(t, func(r *rapid.T) {
		workers := make([]*Tally, rapid.IntRange(1, 4).Draw(r, "workers"))
		for w := range workers {
			workers[w] = newTally(t, record.FormSchema, "2026-01-01")
		}
		deal := func(rows []row, give func(*Tally, []row)) {
			rows = rapid.Permutation(rows).Draw(r, "order")
			for len(rows) > 0 {
				n := rapid.IntRange(1, len(rows)).Draw(r, "batch")
				give(workers[rapid.IntRange(0, len(workers)-1).Draw(r, "worker")], rows[:n])
				rows = rows[n:]
			}
		}
		deal(forms, func(w *Tally, rows []row) { w.Forms(formRows(t, record.FormSchema, rows)) })
		deal(citizens, func(w *Tally, rows []row) { w.Citizens(citizenRows(t, record.FormSchema, rows)) })
		deal(refused, func(w *Tally, rows []row) { w.Refusals(refusals(t, rows)) })

		sum := newTally(t, record.FormSchema, "2026-01-01")
		for _, w := range rapid.Permutation(workers).Draw(r, "merge order") {
			if rapid.Bool().Draw(r, "through bytes") {
				bytes := w.Append(nil)
				if cut := rapid.IntRange(0, len(bytes)-1).Draw(r, "cut"); newTally(t, record.FormSchema, "2026-01-01").Add(bytes[:cut]) == nil {
					r.Fatalf("a tally cut at %d of %d bytes was read", cut, len(bytes))
				}
				if err := sum.Add(bytes); err != nil {
					r.Fatal(err)
				}
				continue
			}
			sum.Merge(w)
		}
		if got := encode(t, sum.Scorecard(Facts{})); !bytes.Equal(got, want) {
			r.Fatalf("the scorecard depends on how the rows were dealt:\n%s", got)
		}
	})
}

func sampleForMerge(t *testing.T) (forms, citizens []row) {
	for i := range 12 {
		r := row{
			"full_name": "An", "office_code": fmt.Sprint("o", i%3), "cccd": "1", "gender": "Nam", "province": "1",
			"permanent_address_new_code": fmt.Sprintf("%05d", 4*(i%4)), "last_seen": fmt.Sprintf("20%02d-03-01", 14+i),
			"birth_date": fmt.Sprint(1900 + 5*i), "forms": fmt.Sprint(1 + i*60), "raw.gender": "m",
			"status": statusNames[i%numStatuses], "codes": reason.Code(i * 5).String(), "flags": reason.DupReview.String(),
		}
		forms, citizens = append(forms, r), append(citizens, r)
	}
	return forms, citizens
}

func TestTallyAllocatesNothingPerRow(t *testing.T) {
	forms, citizens := sampleRows(t, 512)
	refused := refusals(t, parseRows("office_code=a|codes=FORM_NO_IDENTITY"))
	tally := newTally(t, record.FormSchema, "2026-01-01")
	count := func() {
		tally.Forms(forms)
		tally.Citizens(citizens)
		tally.Refusals(refused)
	}
	count()
	if n := testing.AllocsPerRun(10, count); n != 0 {
		t.Errorf("%v allocations to count rows of known places", n)
	}
}

// An office column that holds something else may not fill the memory, and
// whether the list is left out may not depend on the workers.
func TestTooManyOffices(t *testing.T) {
	var half [2]*Tally
	for h := range half {
		half[h] = newTally(t, record.FormSchema, "")
		refused := new(record.Refusals)
		for i := range maxOffices/2 + 1 {
			refused.Append(nil, fmt.Appendf(nil, "%d-%d", h, i), nil, record.Origin{}, reason.Set{})
		}
		half[h].Refusals(refused)
		if half[h].offices.overflow {
			t.Fatal("half of the offices are too many already")
		}
	}
	half[0].Merge(half[1])
	s := half[0].Scorecard(Facts{})
	if !s.OfficesOmitted || len(s.Offices) != 0 {
		t.Errorf("offices omitted %v, %d listed, want none", s.OfficesOmitted, len(s.Offices))
	}
	if want := uint64(maxOffices + 2); s.Counts.Refused != want {
		t.Errorf("%d refused, want %d: counts hold whatever the offices", s.Counts.Refused, want)
	}
}

func TestLongOfficeCodesAreCutBetweenRunes(t *testing.T) {
	if got := string(cutCode([]byte(strings.Repeat("ệ", 40)))); got != strings.Repeat("ệ", 21) {
		t.Errorf("got %q", got)
	}
	if got := cutCode(bytes.Repeat([]byte{0x80}, 100)); len(got) > maxOfficeCode {
		t.Errorf("%d bytes of a code that is not UTF-8", len(got))
	}
}

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		base := time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC)
		a := base.AddDate(0, 0, rapid.IntRange(0, 90_000).Draw(r, "a"))
		b := base.AddDate(0, 0, rapid.IntRange(0, 90_000).Draw(r, "b"))
		x, _ := parseISO([]byte(a.Format(time.DateOnly)))
		y, _ := parseISO([]byte(b.Format(time.DateOnly)))
		if got, want := x.days()-y.days(), int64(a.Sub(b)/(24*time.Hour)); got != want {
			r.Fatalf("%s to %s: %d days, want %d", y, x, got, want)
		}
		if x.String() != a.Format(time.DateOnly) {
			r.Fatalf("%s reads as %s", a.Format(time.DateOnly), x)
		}
	})
}

func TestQuantileIsTheNearestRank(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ages := rapid.SliceOfN(rapid.IntRange(-5, maxDays+100), 1, 200).Draw(r, "ages")
		tally := newTally(t, record.FormSchema, "2026-01-01")
		p := &tally.counted[tally.slot(4)]
		for i, d := range ages {
			tally.countDay(p, d)
			ages[i] = min(max(d, 0), maxDays)
		}
		h := new(histogram)
		h.add(tally, p)
		slices.Sort(ages)
		for _, percent := range []uint64{1, 50, 95, 100} {
			rank := (len(ages)*int(percent) + 99) / 100
			if got := *h.quantile(percent); got != ages[rank-1] {
				r.Fatalf("%d%%: %d days, want %d", percent, got, ages[rank-1])
			}
		}
	})
}

func TestOverAHundred(t *testing.T) {
	today, _ := parseISO([]byte("2026-06-15"))
	for birth, want := range map[string]bool{
		"1926-06-15": false, "1926-06-14": true, "1926": false, "1925": true, "1926-06": false, "1926-05": true,
		"": false, "19x6": false, "2020-01-01": false,
	} {
		if got := today.over(100, []byte(birth)); got != want {
			t.Errorf("born %q: over a hundred %v, want %v", birth, got, want)
		}
	}
}

// Another record type has every field mandatory, and no place.
func TestOtherRecordType(t *testing.T) {
	s, err := record.NewSchema("person", []record.FieldDef{{Name: "rec_id", Kind: record.KindKey, Sheet: true},
		{Name: "given_name", Kind: record.KindName}, {Name: "suburb", Kind: record.KindText}})
	if err != nil {
		t.Fatal(err)
	}
	rows := parseRows("rec_id=1|given_name=ann\nrec_id=2|given_name=bob|suburb=x")
	tally := newTally(t, s, "")
	tally.Forms(formRows(t, s, rows))
	tally.Citizens(citizenRows(t, s, rows))
	m := tally.Scorecard(Facts{}).Nation
	if want := (record.Share{Count: 3, Of: 4}); m.Enough.Items != want {
		t.Errorf("items %v, want %v", m.Enough.Items, want)
	}
	if m.Live.Recent.Of != 0 || m.Live.MedianDays != nil {
		t.Error("ages without a date to take them against")
	}
}

func TestTodayMustBeWhole(t *testing.T) {
	for _, today := range []string{"2026", "2026-13-01", "tomorrow", "21/11/2026"} {
		if _, err := NewTally(record.FormSchema, today); err == nil {
			t.Errorf("today %q was taken", today)
		}
	}
}
