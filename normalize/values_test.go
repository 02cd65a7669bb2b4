package normalize

import (
	"strconv"
	"strings"
	"testing"
)

func TestPhoneCases(t *testing.T) {
	for _, c := range caseRows(t, "phones") {
		n, codes := ParsePhone([]byte(c["input"]))
		got := strings.Join(codes.AppendStrings(nil), " ")
		if text := string(AppendPhone(nil, n)); text != c["expected"] || got != c["code"] {
			t.Errorf("phone(%q) = %q %s, want %q %s", c["input"], text, got, c["expected"], c["code"])
		}
	}
}

func TestValueCases(t *testing.T) {
	parse := map[string]func([]byte) (uint8, []byte){
		"gender": func(raw []byte) (uint8, []byte) {
			g, _ := ParseGender(raw)
			return uint8(g), []byte(g.String())
		},
		"ethnicity": ParseEthnicity, "religion": ParseReligion, "marital": ParseMarital,
		"blood": ParseBlood, "nationality": ParseNationality, "relation": ParseRelation,
	}
	for _, c := range caseRows(t, "values") {
		code, text := parse[c["field"]]([]byte(c["input"]))
		if strconv.Itoa(int(code)) != c["code"] || string(text) != c["text"] {
			t.Errorf("%s(%q) = %d %q, want %s %q", c["field"], c["input"], code, text, c["code"], c["text"])
		}
	}
}

func TestOfficialValuesStand(t *testing.T) {
	for _, table := range []*aliasTable{ethnicTable, religionTable, maritalTable, relationTable, nationalityTable} {
		for _, v := range table.values {
			if found := table.find(v.text); found == nil || found.code != v.code || string(found.text) != string(v.text) {
				t.Errorf("%q is read as %+v", v.text, found)
			}
		}
	}
}
