package normalize

import (
	"encoding/csv"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize/reason"
)

// caseRows reads the tables of cases of a kind, testdata/NAME.csv and
// testdata/more/NAME.csv: a map from column to cell for each row.
func caseRows(t testing.TB, name string) (out []map[string]string) {
	t.Helper()
	for _, path := range []string{filepath.Join("testdata", name+".csv"), filepath.Join("testdata", "more", name+".csv")} {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) && strings.Contains(path, "more") {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatalf("reading %s: %v", path, err)
		}
		for _, row := range rows[1:] {
			m := map[string]string{}
			for i, h := range rows[0] {
				m[h] = row[i]
			}
			out = append(out, m)
		}
	}
	return out
}

var escape = regexp.MustCompile(`\\u[0-9a-f]{4}`)

func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:], 16, 32)
		return string(rune(n))
	})
}

func TestUnicodeCases(t *testing.T) {
	for _, c := range caseRows(t, "unicode") {
		if got := string(AppendClean(nil, []byte(unescape(c["input_escaped"])))); got != c["expected"] {
			t.Errorf("%s: clean(%s) = %q, want %q", c["id"], c["input_escaped"], got, c["expected"])
		}
	}
}

func TestToneCases(t *testing.T) {
	for _, c := range caseRows(t, "tone_placement") {
		if got := string(AppendTonePlaced(nil, []byte(c["input"]))); got != c["old_style"] {
			t.Errorf("%s: old(%s) = %q, want %q", c["id"], c["input"], got, c["old_style"])
		}
		if got := string(AppendToneNewStyle(nil, []byte(c["input"]))); got != c["new_style"] {
			t.Errorf("%s: new(%s) = %q, want %q", c["id"], c["input"], got, c["new_style"])
		}
	}
}

func TestTypingCases(t *testing.T) {
	for _, c := range caseRows(t, "ime_residue") {
		got, changed := AppendUntyped(nil, []byte(c["input"]))
		if string(got) != c["expected"] || changed != (c["input"] != c["expected"]) {
			t.Errorf("%s: untyped(%s) = %q, %v, want %q", c["id"], c["input"], got, changed, c["expected"])
		}
	}
}

func TestEncodingCases(t *testing.T) {
	for _, c := range caseRows(t, "encodings") {
		raw, err := hex.DecodeString(c["hex"])
		if err != nil {
			t.Fatal(err)
		}
		e, ok := ParseEncoding(map[string]string{"mojibake_utf8_cp1252": "mojibake", "tcvn3_H_font": "tcvn3h"}[c["encoding"]])
		if !ok {
			e, _ = ParseEncoding(c["encoding"])
		}
		texts := [][]byte{raw}
		if e != Mojibake {
			texts = append(texts, view(raw))
		}
		for _, text := range texts {
			if got := string(AppendDecoded(nil, text, e)); got != c["expected"] {
				t.Errorf("%s: %v %q = %q, want %q", c["id"], e, text, got, c["expected"])
			}
			var d Detector
			d.Add(text, false)
			found, sure := d.Decide()
			if got := string(AppendDecoded(nil, text, found)); got != c["expected"] && e != TCVN3H {
				t.Errorf("%s: %q (%s) is taken for %v (%.2f), want %v", c["id"], text, c["expected"], found, sure, e)
			}
		}
	}
}

// view shows bytes as Windows would.
func view(raw []byte) (s []byte) {
	for _, b := range raw {
		s = utf8.AppendRune(s, runeOf(b))
	}
	return s
}

func TestNameCases(t *testing.T) {
	var n Name
	for _, c := range caseRows(t, "names") {
		n.Parse([]byte(c["input"]), []byte(c["ethnicity"]))
		hint := map[Gender]string{Male: "M", Female: "F"}[n.Gender.Gender]
		got := []string{string(n.Written), string(n.Surname), string(n.Middle), string(n.Given), hint,
			strings.Join(n.Codes.AppendStrings(nil), " ")}
		want := []string{c["expected_full_name"], c["ho"], c["dem"], c["ten"], c["gender_hint"], c["codes"]}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q (%s)\n got %q\nwant %q", c["id"], c["input"], c["ethnicity"], got, want)
		}
		if f := AppendFold(nil, n.Written); string(f) != string(n.Folded) {
			t.Errorf("%s: folded %q, want %q", c["id"], n.Folded, f)
		}
	}
}

func TestDateCases(t *testing.T) {
	for _, c := range caseRows(t, "dates") {
		d, codes := ParseDate([]byte(c["input"]), DateOptions{})
		want, _ := reason.Parse(c["note"])
		if d.String() != c["expected"] || strings.HasPrefix(c["note"], "DOB_") && !codes.Has(want) {
			t.Errorf("%s: date(%q) = %v %v, want %s %s", c["id"], c["input"], d, codes.AppendStrings(nil), c["expected"], c["note"])
		}
	}
}

var caseCode = regexp.MustCompile(`(ID|DOB)_[A-Z]+(_[A-Z]+)*`)

func TestIDCases(t *testing.T) {
	for _, c := range caseRows(t, "ids") {
		birth, dateCodes := ParseDate([]byte(c["date_of_birth"]), DateOptions{})
		if birth == 0 {
			birth = NewDate(WrittenYear([]byte(c["date_of_birth"]), DateOptions{}), 0, 0)
		}
		gender, _ := ParseGender([]byte(c["gender"]))
		id := ParseID([]byte(c["id_raw"]), IDContext{birth, gender, codeOf(c["birth_registration_province_63"])})
		want := caseCode.FindAllString(c["expected"], -1)
		if strings.HasPrefix(c["expected"], "filler") {
			want = append(want, "ID_FILLER")
		}
		if strings.Contains(c["expected"], "letter") {
			want = append(want, "ID_REPAIRED")
		}
		got := id.Codes.AppendStrings(nil)
		if dateCodes.Has(reason.DOBInvalid) {
			got = append(got, "DOB_INVALID")
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: id(%q) has %v, want %v", c["id"], c["id_raw"], got, want)
		}
		if _, repaired, ok := strings.Cut(c["expected"], "repaired "); ok {
			repaired, _, _ = strings.Cut(repaired, " ")
			if text := string(AppendID(nil, id)); text != repaired || id.Kind != CCCD {
				t.Errorf("%s: id(%q) = %s, want %s", c["id"], c["id_raw"], text, repaired)
			}
		}
	}
}
