package units

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// source reads one of the source tables that NOTICE names. They are no part of
// the project: the tests that hold the embedded tables against them run where
// DUSACH_DATA is their folder.
func source(t *testing.T, name string) []map[string]string {
	t.Helper()
	dir := os.Getenv("DUSACH_DATA")
	if dir == "" {
		t.Skip("DUSACH_DATA is not the folder of the source tables")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, h := range all[0] {
			row[h] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// The way from old to new is that of the source, pair by pair, the default
// first.
func TestReformIsThatOfTheSource(t *testing.T) {
	pairs := map[string][]string{}
	first := map[string]string{}
	for _, r := range source(t, "old_to_new.csv") {
		pairs[r["old_code"]] = append(pairs[r["old_code"]], r["new_code"])
		if r["is_default"] == "1" {
			first[r["old_code"]] = r["new_code"]
		}
	}
	if len(pairs) != int(MaxOld()) {
		t.Errorf("%d old units in the source, %d here", len(pairs), MaxOld())
	}
	for o := Old(1); o <= MaxOld(); o++ {
		var got []string
		for _, n := range NewOf(o) {
			got = append(got, n.Code())
		}
		if len(got) == 0 || first[o.Code()] != "" && got[0] != first[o.Code()] {
			t.Errorf("%s: %v, default %s", o.Code(), got, first[o.Code()])
		}
		want := pairs[o.Code()]
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", o.Code(), got, want)
		}
	}
}

// A wider list of pairs, which may not be embedded, differs only where the
// source says so.
func TestReformAgainstTheWiderList(t *testing.T) {
	for _, r := range source(t, "check/old_to_new.csv") {
		o, n := OldOf(r["old_code"]), NewByCode(r["new_code"])
		if got := o != 0 && n != 0 && Follows(o, n); got != (r["in_main"] == "1") {
			t.Errorf("%s to %s: %v, in the source %s (%s)", r["old_code"], r["new_code"], got, r["in_main"], r["why_not"])
		}
	}
}

// Kinds and names are those of the source on each side of 2026-04-30.
func TestKindsAreThoseOfTheSource(t *testing.T) {
	changed := 0
	for _, r := range source(t, "communes_new.csv") {
		n := NewByCode(r["code"])
		if n.Name() != r["name"] || n.KindOn(NewFrom).String() != r["type"] || n.KindOn(KindsFrom-1).String() != r["type"] || n.KindOn(KindsFrom).String() != r["type_from_2026_04_30"] {
			t.Errorf("%s: %s %s, then %s", r["code"], n.KindOn(NewFrom), n.Name(), n.KindOn(KindsFrom))
		}
		if r["type"] != r["type_from_2026_04_30"] {
			changed++
		}
	}
	if changed != 10 {
		t.Errorf("%d communes changed their kind on 2026-04-30, want 10", changed)
	}
	for _, r := range source(t, "provinces_34.csv") {
		code, _ := strconv.Atoi(r["code"])
		if c := uint8(code); ProvinceName34(c) != r["name"] || ProvinceKindOn(c, KindsFrom-1).String() != r["type"] || ProvinceKindOn(c, KindsFrom).String() != r["type_from_2026_04_30"] {
			t.Errorf("%s: %s", r["code"], ProvinceName34(c))
		}
	}
	for _, r := range source(t, "communes_old.csv") {
		o := OldOf(r["code"])
		district, _ := strconv.Atoi(r["district_code"])
		if r["in_2025"] == "1" && (o.Name() != r["name"] || o.Kind().String() != r["type"] || int(o.District()) != district) {
			t.Errorf("%s: %s %s of %d", r["code"], o.Kind(), o.Name(), o.District())
		}
		if r["in_2025"] != "1" && o != 0 {
			t.Errorf("%s was gone by 2025", r["code"])
		}
	}
}
