//go:build ignore

// Command gen rewrites the tables of package units from the source tables.
//
//	go run ./normalize/units/gen -data DIR -out normalize/units/tables
//
// DIR holds provinces_63.csv, districts.csv, communes_old.csv and the others
// that NOTICE names. The output is text, one unit a line, sorted by code, so
// that a change of the sources shows as a readable diff.
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

type row map[string]string

func read(dir, name string) []row {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		log.Fatalf("opening a source table: %v (give their folder with -data)", err)
	}
	defer f.Close()
	recs, err := csv.NewReader(f).ReadAll()
	if err != nil {
		log.Fatalf("reading %s: %v", name, err)
	}
	var out []row
	for _, rec := range recs[1:] {
		r := row{}
		for i, h := range recs[0] {
			r[h] = rec[i]
		}
		out = append(out, r)
	}
	return out
}

// kinds are the letters that package units reads back.
var kinds = map[string]string{
	"Tỉnh": "t", "Thành phố": "c", "Quận": "q", "Huyện": "h", "Thị xã": "x",
	"Phường": "P", "Xã": "X", "Thị trấn": "T", "Đặc khu": "D", "": "",
}

func kind(s string) string {
	k, ok := kinds[s]
	if !ok {
		log.Fatalf("unknown kind of unit %q", s)
	}
	return k
}

func main() {
	data := flag.String("data", "", "folder of the source tables")
	out := flag.String("out", "tables", "folder to write")
	flag.Parse()
	g := &gen{dir: *data, out: *out}
	g.provinces()
	g.districts()
	g.communesOld()
	g.communesNew()
}

type gen struct{ dir, out string }

func (g *gen) write(name string, b *bytes.Buffer) {
	if err := os.WriteFile(filepath.Join(g.out, name), b.Bytes(), 0o644); err != nil {
		log.Fatalf("writing a table: %v", err)
	}
}

// provinces writes "old CODE KIND NAME NEW ALIASES", "new CODE KIND NAME
// KIND_LATER" and "was NAME OLD_CODES" lines.
func (g *gen) provinces() {
	var b bytes.Buffer
	alias := map[string][]string{}
	for _, r := range read(g.dir, "province_aliases.csv") {
		for _, a := range strings.Split(r["aliases"], ";") {
			// Former provinces have their own lines, with all successors.
			if a != "Hà Tây" && a != "Thuận Hải" && a != "Gia Định" && a != "Thủ Dầu Một" && a != "Vũng Tàu - Côn Đảo" {
				alias[r["code_63"]] = append(alias[r["code_63"]], a)
			}
		}
	}
	for _, r := range read(g.dir, "provinces_63.csv") {
		alias[r["code"]] = slices.DeleteFunc(alias[r["code"]], func(a string) bool { return plain(a) == plain(r["name"]) })
		fmt.Fprintf(&b, "old\t%s\t%s\t%s\t%s\t%s\n", r["code"], kind(r["type"]), r["name"], r["new_code"], strings.Join(alias[r["code"]], "|"))
	}
	for _, r := range read(g.dir, "provinces_34.csv") {
		later := ""
		if r["type"] != r["type_from_2026_04_30"] {
			later = kind(r["type_from_2026_04_30"])
		}
		fmt.Fprintf(&b, "new\t%s\t%s\t%s\t%s\n", r["code"], kind(r["type"]), r["name"], later)
	}
	for _, r := range read(g.dir, "province_history.csv") {
		name := r["former_name"]
		if strings.Contains(name, "(before") {
			continue // the name lives on: the plain entry is meant
		}
		name = strings.TrimPrefix(name, "Đặc khu ")
		fmt.Fprintf(&b, "was\t%s\t%s\n", name, r["codes_63"])
	}
	g.write("provinces.tsv", &b)
}

// districts writes "CODE PROVINCE KIND NAME" lines for the districts of 2025,
// "was NAME KIND CODES OWN_CODE" lines for names and districts gone before, "cut"
// lines for one whose communes cannot be told, and "moved DISTRICT PROVINCE".
func (g *gen) districts() {
	var b, was bytes.Buffer
	succ := map[string]string{}
	for _, r := range read(g.dir, "district_history.csv") {
		succ[r["old_code"]] = r["code_2025"]
		if r["when"] == "2021-01-01" {
			k, name := "q", strings.TrimPrefix(r["old_name"], "Quận ")
			fmt.Fprintf(&was, "was\t%s\t%s\t%s\t\n", name, k, r["code_2025"])
		}
	}
	for _, r := range read(g.dir, "districts.csv") {
		if r["in_2025"] == "1" {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r["code"], r["province_code"], kind(r["type"]), r["name"])
			if n := r["name_2023"]; n != "" && plain(n) != plain(r["name"]) {
				fmt.Fprintf(&was, "was\t%s\t%s\t%s\t\n", n, kind(cmp(r["type_2023"], r["type"])), r["code"])
			}
			continue
		}
		fmt.Fprintf(&was, "was\t%s\t%s\t%s\t%s\n", r["name"], kind(r["type"]), succ[r["code"]], r["code"])
	}
	// Từ Liêm became two quận on 2014-04-01 (Resolution 132/NQ-CP of
	// 2013-12-27), and its communes were cut anew: no code can be told.
	fmt.Fprintf(&was, "cut\tTừ Liêm\th\t019 021\t\n")
	// Mê Linh came to Hà Nội from Vĩnh Phúc on 2008-08-01 (Resolution
	// 15/2008/QH12).
	fmt.Fprintf(&was, "moved\t250\t26\n")
	b.Write(was.Bytes())
	g.write("districts.tsv", &b)
}

func cmp(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// byHand adds a ward that the sources lack: Phường 14 of Phú Nhuận went to
// Phường 13 on 2025-01-01 (Resolution 1278/NQ-UBTVQH15 of 2024-11-14).
var byHand = map[string]string{"768": "was\tP\t14\t27085\n"}

// communesOld writes "@DISTRICT" heads, then "CODE KIND NAME NEW_CODES ALIASES
// DISTRICT_2023" lines; communes gone before 2025 follow as "was KIND NAME
// CODE_2025" under the district that they lay in.
func (g *gen) communesOld() {
	toNew := map[string][]string{}
	for _, r := range read(g.dir, "old_to_new.csv") {
		o := r["old_code"]
		if r["is_default"] == "1" {
			toNew[o] = append([]string{r["new_code"]}, toNew[o]...)
		} else {
			toNew[o] = append(toNew[o], r["new_code"])
		}
	}
	succ := map[string]string{}
	for _, r := range read(g.dir, "commune_history.csv") {
		succ[r["code_2023"]] = r["code_2025"]
		if r["method"] == "conflict" {
			succ[r["code_2023"]] = ""
		}
	}
	var b bytes.Buffer
	rows := read(g.dir, "communes_old.csv")
	for _, d := range read(g.dir, "districts.csv") {
		fmt.Fprintf(&b, "@%s\n", d["code"])
		if n := toNew["D"+d["code"]]; n != nil {
			fmt.Fprintf(&b, "D%s\t%s\t%s\t%s\n", d["code"], kind(d["type"]), d["name"], strings.Join(n, " "))
		}
		for _, r := range rows {
			if r["district_code"] != d["code"] {
				continue
			}
			if r["in_2025"] == "0" {
				fmt.Fprintf(&b, "was\t%s\t%s\t%s\n", kind(r["type"]), r["name"], succ[r["code"]])
				continue
			}
			fields := []string{r["code"], kind(r["type"]), r["name"], strings.Join(toNew[r["code"]], " "), aliases(r), r["district_2023"]}
			b.WriteString(strings.TrimRight(strings.Join(fields, "\t"), "\t") + "\n")
			for _, a := range former(r) {
				fmt.Fprintf(&b, "was\t%s\t%s\t%s\n", kind(r["type"]), a, r["code"])
			}
		}
		b.WriteString(byHand[d["code"]])
	}
	g.write("communes_old.tsv", &b)
}

// aliases returns the other spellings of a name that are not the same letters
// without marks: the parser tolerates a difference of marks by itself.
func aliases(r row) string {
	return strings.Join(others(r, func(n int) bool { return n > 0 && n <= 2 }), "|")
}

// former returns the names of units that this one took in: the holder of the
// code in 2023 stands among the other names too, told by its different letters.
func former(r row) []string {
	return others(r, func(n int) bool { return n > 2 })
}

func others(r row, want func(slips int) bool) []string {
	var keep []string
	for _, a := range strings.Split(r["alt_names"], "|") {
		if a == "" {
			continue
		}
		n := slips(strings.TrimLeft(plain(a), "0"), plain(r["name"]))
		if plain(r["name"])[0] <= '9' && n > 0 {
			n = 3 // another number is another ward
		}
		if want(n) {
			keep = append(keep, a)
		}
	}
	slices.Sort(keep)
	return keep
}

// slips is the edit distance.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diag := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diag, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diag+cost)
		}
	}
	return row[len(b)]
}

// communesNew writes "@PROVINCE" heads, then "CODE KIND NAME KIND_LATER" lines.
func (g *gen) communesNew() {
	var b bytes.Buffer
	rows := read(g.dir, "communes_new.csv")
	for _, p := range read(g.dir, "provinces_34.csv") {
		fmt.Fprintf(&b, "@%s\n", p["code"])
		for _, r := range rows {
			if r["province_code"] != p["code"] {
				continue
			}
			fields := []string{r["code"], kind(r["type"]), r["name"]}
			if r["type"] != r["type_from_2026_04_30"] {
				fields = append(fields, kind(r["type_from_2026_04_30"]))
			}
			b.WriteString(strings.Join(fields, "\t") + "\n")
		}
	}
	g.write("communes_new.tsv", &b)
}
