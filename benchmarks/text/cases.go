package main

import (
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/dusach/dusach/normalize"
)

// An item is one input of a task and what should come of it.
type item struct {
	Kind  string // of case, as "NFD"
	Input string
	Want  string
}

// rows reads the tables of one kind of case.
func rows(dir, name string) (out []map[string]string, err error) {
	for _, path := range []string{filepath.Join(dir, name+".csv"), filepath.Join(dir, "more", name+".csv")} {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		table, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		for _, cells := range table[1:] {
			row := map[string]string{}
			for i, h := range table[0] {
				row[h] = cells[i]
			}
			out = append(out, row)
		}
	}
	return out, nil
}

// load makes the items of every task.
func load(dir string) (map[string][]item, error) {
	all := map[string][]item{}
	text, err := rows(dir, "unicode")
	if err != nil {
		return nil, err
	}
	for _, r := range text {
		in := unescape(r["input_escaped"])
		all["clean"] = append(all["clean"], item{kind(r["note"]), in, r["expected"]})
		all["fold"] = append(all["fold"], item{kind(r["note"]), in, folded(r["expected"])})
	}
	names, err := rows(dir, "names")
	if err != nil {
		return nil, err
	}
	for _, r := range names {
		if n := r["expected_full_name"]; n != "" && plain(n) {
			all["fold"] = append(all["fold"], item{"name", n, folded(n)}, item{"name in capitals", strings.ToUpper(n), folded(n)},
				item{"name, NFD", norm.NFD.String(n), folded(n)})
		}
	}
	tones, err := rows(dir, "tone_placement")
	if err != nil {
		return nil, err
	}
	for _, r := range tones {
		all["tone, old style"] = append(all["tone, old style"], item{"", r["input"], r["old_style"]})
		all["tone, new style"] = append(all["tone, new style"], item{"", r["input"], r["new_style"]})
	}
	encoded, err := rows(dir, "encodings")
	if err != nil {
		return nil, err
	}
	for _, r := range encoded {
		raw, err := hex.DecodeString(r["hex"])
		if err != nil {
			return nil, err
		}
		if e := r["encoding"]; e != "tcvn3_H_font" { // one that only the font tells
			all["legacy encoding"] = append(all["legacy encoding"], item{strings.TrimSuffix(e, "_utf8_cp1252"), string(raw), r["expected"]})
		}
	}
	typed, err := rows(dir, "ime_residue")
	if err != nil {
		return nil, err
	}
	for _, r := range typed {
		all["typing residue"] = append(all["typing residue"], item{r["method"], r["input"], r["expected"]})
	}
	return all, nil
}

// kind shortens the note of a case to what tells kinds apart.
func kind(note string) string {
	switch {
	case strings.Contains(note, "NFD"), strings.Contains(note, "letter and tone"):
		return "NFD"
	case strings.Contains(note, "before"), strings.Contains(note, "order"):
		return "marks in wrong order"
	}
	return "characters and spaces"
}

// plain reports whether a name has nothing but letters and spaces: what folding
// makes of the rest is each tool's own choice.
func plain(s string) bool {
	for _, r := range s {
		if r != ' ' && !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// folded is the definition of folding for clean text: marks dropped, đ to d,
// small letters, words parted by single spaces.
func folded(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case r == ' ', r == '-', r == ',':
			b.WriteByte(' ')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], `\u`) && len(s) >= i+6 {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 32); err == nil {
				b.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// detected undoes whatever encoding the detector finds in a text.
func detected(d *normalize.Detector, dst, text []byte) []byte {
	d.Reset()
	d.Add(text, false)
	e, _ := d.Decide()
	return normalize.AppendDecoded(dst, text, e)
}
