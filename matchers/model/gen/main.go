//go:build ignore

// Command main writes ../default.json as first assembled by hand: weights from
// judgement of the domain, name frequencies from the embedded name tables. It is
// where learning without labels starts from; dusach train writes better models.
//
//	go run gen/main.go > default.json
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/tables"
)

// judgement holds, a level: its share among matches, among random pairs (both in
// percent), and its bits, where 0 0 is written for a derived level.
var judgement = map[string]string{
	"full_name": `exact 55 0.02 9, bare 10 0.005 9, lost_part 2 0.001 8, variant 2 0.002 7, reordered 1 0.001 7, shortened 6 0.01 6,
		slip 6 0.002 8, slip_given 6 0.003 6, damaged 3 0.001 6, mark 2 0.003 5, given_mark_missing 1.5 0.003 2, given_mark 1.5 0.004 0,
		given_ear 1 0.003 -0.5, given_near 0.8 0.01 -1.5,
		given_mark_missing_name 1.2 0.003 1, given_mark_name 0.6 0.004 -2, given_ear_name 0.3 0.003 -3, given_near_name 0.4 0.02 -4, alias 1 0.001 6, initials 0.8 0.01 3.5, given_initial 0.3 0.05 0, middle 1 0.3 -3, surname 0.6 0.05 -3, given_other 0.4 1.5 -8,
		given_only 0.5 1.2 -6, surname_only 0.4 15 -9, else 0.7 82 -11`,
	"birth_date": `same 76 0.004 9, same_default 3 0.03 5, compatible 7 0.3 3.5, default 2 0.06 3, swapped 2 0.005 5, digit 4 0.05 4,
		year_digit 1.5 0.03 3, decade 0.8 0.03 2.5, lunar 0.6 0.2 1, two_digits 0.8 0.3 0, same_year 0.6 1.2 -3, year_near 0.4 0.6 -2,
		day_month 0.3 0.25 -3, else 0.5 30 -8, generation 0.5 67 -12`,
	"identity": `same 80 0.0001 16, slip_cmnd 0.5 0.00001 14, swapped 2 0.0003 9, slip 5 0.001 8, neighbour 1 0.001 4, two_digits 1 0.02 2,
		cmnd 5 0.001 9, cmnd_slip 1 0.01 5, mixed 0.3 0.0005 0, conflict 0.8 0.03 -8, conflict_other 1.2 94 -9, cmnd_conflict 1.4 1.9 -3,
		conflict_near 0.4 0.1 1, conflict_doubtful 0.8 4 -4`,
	"phone":   `same 70 0.001 5, slip 5 0.002 4, else 25 99.997 -1`,
	"gender":  `same 99 50 1, different 1 50 -5`,
	"parents": `both 68 0.001 7, both_slight 12 0.001 6, one 10 0.05 5, one_slight 3 0.05 3.5, mixed 4 0.2 -1.5, other 1 10 -3, both_other 1.8 89.6 -6, crossed 0.2 0.00001 5`,
	"spouse":  `same 85 0.02 5, slight 8 0.02 4, else 7 99.96 -3`,
	"household": `same 40 0.0001 4, number 20 0.0002 4, head_id 2 0.0001 4, head 18 0.02 3, head_slight 4 0.02 2, number_slip 3 0.0001 3.5, head_moved 4 0.02 2, number_other 2 0.0005 1, else 5 48 -1.5, both_other 2 37.9 -2.5,
		both_heads 5 8 0, heads_other 2 4 -1.5, one_head 2 2 -0.5`,
	"residence":      `house 45 0.0001 4, house_crossed 4 0.0001 4, street 15 0.005 3, commune 15 0.05 2.5, reform 5 0.05 2.5, district 3 0.5 1, province 4 4 0, province_merged 1 3 -0.3, else 8 92.4 -1`,
	"origin":         `same 65 0.2 2.5, district 6 0.6 1.5, province 10 3 0.8, mixed 9 2 0, else 10 94.2 -2`,
	"ethnicity":      `same 98 75 0.3, different 2 25 -2.5`,
	"religion":       `same 96 75 0.2, different 4 25 -1.5`,
	"blood_type":     `same 96 35 1.2, different 4 65 -3`,
	"marital_status": `same 85 50 0.3, different 15 50 -0.5`,
	"situation": `kin_name_day 0 0 1, kin_name_close 0 0 1, kin_name_other 0 0 -4, kin_flawed_day 0 0 1, kin_flawed_close 0 0 0, kin_flawed_other 0 0 -4,
		kin_close_day 0 0 -9, kin_close_close 0 0 -7, kin_close_other 0 0 -5, kin_other_day 0 0 -14, kin_other_other 0 0 -10,
		unknown_name_day 0 0 4, unknown_name_close 0 0 1, unknown_name_other 0 0 0, unknown_flawed_day 0 0 2, unknown_flawed_close 0 0 0,
		unknown_flawed_other 0 0 -2, unknown_close_day 0 0 -2, unknown_close_close 0 0 -2, unknown_close_other 0 0 -2, unknown_other_day 0 0 -3,
		unknown_other_other 0 0 -3, strangers_name_day 0 0 2, strangers_name_other 0 0 -1, strangers_flawed_day 0 0 0,
		strangers_flawed_other 0 0 -1, strangers_close_day 0 0 -2, 
		strangers_close_other 0 0 -2, strangers_other_day 0 0 -2, strangers_other_other 0 0 -2`,
	"circumstance": `common_day_near 0 0 0.5, common_day_commune 0 0 0, common_day_area 0 0 -0.5, common_day_far 0 0 -0.5,
		common_weak_near 0 0 0, common_weak_commune 0 0 -1.5, common_weak_area 0 0 -3.5, common_weak_far 0 0 -3,
		common_other_near 0 0 0, common_other_commune 0 0 -1, common_other_area 0 0 -1.5, common_other_far 0 0 -1,
		rare_day_near 0 0 0, rare_day_commune 0 0 0, rare_day_area 0 0 0, rare_day_far 0 0 0,
		rare_weak_near 0 0 0, rare_weak_commune 0 0 0, rare_weak_area 0 0 0, rare_weak_far 0 0 0,
		rare_other_near 0 0 0, rare_other_commune 0 0 0, rare_other_area 0 0 0, rare_other_far 0 0 0,
		unlike_day_near 0 0 0, unlike_day_commune 0 0 0, unlike_day_wider 0 0 0, unlike_other_near 0 0 0,
		unlike_other_commune 0 0 0, unlike_other_wider 0 0 -0.5`,
}

func main() {
	m := &model.Model{Format: 1, Name: "default, by hand",
		Prior:      model.Prior{Province: -14, Nation: -16},
		Thresholds: model.Thresholds{Match: 3, Review: -2, LinkFloor: -5},
		Rarity:     model.Rarity{Reference: 18, Low: 8, High: 30},
		History:    []model.Training{{Step: "by hand", Note: "weights from judgement of the domain; name frequencies from the embedded name tables"}},
	}
	for _, c := range library.Comparisons() {
		out := model.Comparison{Name: c.Name, Derived: c.Derived, Levels: []model.Level{{Name: "null", M: 1, U: 1}}}
		given := map[string][3]float64{}
		for _, entry := range strings.Split(judgement[c.Name], ",") {
			f := strings.Fields(entry)
			if len(f) != 4 {
				log.Fatalf("%s: %q", c.Name, entry)
			}
			given[f[0]] = [3]float64{number(f[1]), number(f[2]), number(f[3])}
		}
		for _, l := range c.Levels[1:] {
			v, ok := given[l.Name]
			if !ok {
				log.Fatalf("%s: no judgement on %s", c.Name, l.Name)
			}
			level := model.Level{Name: l.Name, M: v[0] / 100, U: v[1] / 100, Bits: v[2]}
			if l.Rarity {
				level.Slope = 0.5
			}
			out.Levels = append(out.Levels, level)
		}
		m.Comparisons = append(m.Comparisons, out)
	}
	m.Terms = terms()
	save(m)
}

func number(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		log.Fatal(err)
	}
	return n
}

// save checks the model by loading it.
func save(m *model.Model) {
	text, err := json.Marshal(m)
	if err != nil {
		log.Fatal(err)
	}
	loaded, err := model.Load(bytes.NewReader(text))
	if err != nil {
		log.Fatal(err)
	}
	if err := loaded.Save(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// terms counts the names of the embedded tables as a million people would have
// them: surnames by their published shares, middle and given names by how often
// the lists have them, published shares where there are some.
func terms() model.Terms {
	const people = 1e6
	c := model.NewTermCounter()
	add := func(text string, p model.Position, n float64) {
		w := normalize.ParseWord([]byte(text))
		if w.Base != 0 && !strings.Contains(text, " ") {
			c.AddWord(w, p, math.Max(n, 2))
		}
	}
	for r := range tables.Rows(tables.Surnames, 3) {
		share := math.Max(cell(r[1])+cell(r[2]), 0.01) / 2
		if r[1] == "" || r[2] == "" {
			share *= 2
		}
		add(r[0], model.Surname, people*share/100)
	}
	for r := range tables.Rows(tables.Middle, 3) {
		n := (cell(r[1]) + cell(r[2]) + 0.5) * people / 3000
		switch r[0] {
		case "Thị":
			n = people * 0.22
		case "Văn":
			n = people * 0.18
		}
		add(r[0], model.Middle, n)
	}
	for r := range tables.Rows(tables.Given, 6) {
		share := (cell(r[1]) + cell(r[2]) + 0.5) / 2500
		if s := (cell(r[4]) + cell(r[5])) / 200; s > 0 {
			share = s
		}
		add(r[0], model.Given, people*share)
	}
	t := c.Terms()
	// The lists hold a few hundred words: what is missing there is no rarer than 1 in 50,000.
	t.Surname.Unseen, t.Middle.Unseen, t.Given.Unseen = 2e-5, 2e-5, 2e-5
	t.Lengths = []float64{0.002, 0.012, 0.57, 0.406, 0.01}
	return t
}

func cell(s string) float64 {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return n
}
