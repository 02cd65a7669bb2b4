//go:build ignore

// Command gen writes the compact tables of this folder from the source tables
// of the project's data folder:
//
//	go run gen/main.go -data DIR
package main

import (
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// A table names a file to write, the source it comes from and the columns kept.
type table struct {
	out, source string
	columns     []string
}

var all = []table{
	{"onsets.txt", "onsets.csv", []string{"onset"}},
	{"rimes.txt", "rimes.csv", []string{"rime", "checked", "tone_pos_old", "tone_pos_new", "only_onsets", "after_qu"}},
	{"syllables.txt", "syllables_attested.csv", []string{"syllable", "n_person_names", "n_place_names"}},
	{"surnames.txt", "surnames.csv", []string{"surname", "share_dkl01_pct", "share_lth2005_pct", "variant"}},
	{"given.txt", "given_names.csv", []string{"name", "n_boy_list", "n_girl_list", "in_lists", "share_male_dkl01_pct", "share_female_dkl01_pct"}},
	{"middle.txt", "middle_names.csv", []string{"name", "n_boy_list", "n_girl_list", "in_lists"}},
	{"minority.txt", "minority_naming.csv", []string{"ethnic_group", "first_token", "gender", "names"}},
	{"legacy.txt", "legacy_encodings.csv", []string{"char", "vni", "tcvn3", "viscii", "vps", "cp1258"}},
	{"ethnic.txt", "ethnic_groups.csv", []string{"code_121_1979", "name", "aliases"}},
	{"religions.txt", "religions.csv", []string{"code_1019_2008", "name", "aliases"}},
	{"values.txt", "value_aliases.csv", []string{"field", "canonical", "code", "forms"}},
	{"provinces.txt", "provinces_63.csv", []string{"code", "name"}},
	{"countries.txt", "cccd_country_codes.csv", []string{"code", "iso2"}},
	{"cmnd.txt", "cmnd9_prefixes.csv", []string{"prefix", "issuing_province"}},
}

func main() {
	data := flag.String("data", "", "folder of the source tables")
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if *data == "" {
		log.Fatal("gen: give the folder of the source tables with -data DIR")
	}
	for _, t := range all {
		if err := t.write(*data, *out); err != nil {
			log.Fatalf("gen: writing %s: %v", t.out, err)
		}
	}
}

// write keeps the named columns, parted by tabs, trailing empty ones cut.
func (t table) write(data, out string) error {
	f, err := os.Open(filepath.Join(data, t.source))
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("reading %s: %w", t.source, err)
	}
	at := make([]int, len(t.columns))
	for i, name := range t.columns {
		at[i] = -1
		for j, h := range rows[0] {
			if strings.TrimPrefix(h, "\ufeff") == name {
				at[i] = j
			}
		}
		if at[i] < 0 {
			return fmt.Errorf("%s has no column %q", t.source, name)
		}
	}
	var b strings.Builder
	for _, row := range rows[1:] {
		cells := make([]string, len(at))
		for i, j := range at {
			cells[i] = row[j]
		}
		b.WriteString(strings.TrimRight(strings.Join(cells, "\t"), "\t"))
		b.WriteByte('\n')
	}
	return os.WriteFile(filepath.Join(out, t.out), []byte(b.String()), 0o644)
}
