package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// lines reads a CSV file as rows by the names of its columns.
func lines(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func column(rows []map[string]string, name string) (v []string) {
	for _, r := range rows {
		v = append(v, r[name])
	}
	return v
}

func TestEveryTableInEveryFormat(t *testing.T) {
	s := openStore(t)
	want := map[string]int64{"citizens": 3, "forms": 6, "links": 3, "origins": 7, "quarantine": 1, "history": 0, "clusters": 5}
	for _, table := range Tables {
		for _, format := range Formats {
			data, n := written(t, s, Options{Table: table, Format: format, Province: -1})
			if n != want[table] {
				t.Errorf("%s as %s: %d rows, want %d", table, format, n, want[table])
			}
			if format == "jsonl" {
				if got := bytes.Count(data, []byte("\n")); int64(got) != n {
					t.Errorf("%s: %d lines of JSON for %d rows", table, got, n)
				}
			}
		}
	}
}

func TestClustersStandSideBySide(t *testing.T) {
	data, _ := written(t, openStore(t), Options{Table: TableClusters, Format: "csv", Province: -1})
	rows := lines(t, data)
	for name, want := range map[string][]string{
		"cluster": {"1", "1", "2", "2", "2"},
		"forms":   {"2", "2", "3", "3", "3"},
		"form_id": {"F1", "F2", "F4", "F5", "F6"},
		// An empty value contradicts nobody.
		"differs": {"full_name", "full_name", "note", "note", "note"},
	} {
		if got := column(rows, name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestProvinceSelectsPeopleAndWhatIsTheirs(t *testing.T) {
	s := openStore(t)
	for _, c := range []struct {
		table, column string
		want          []string
	}{
		{"citizens", "person_id", []string{"p2"}},
		{"forms", "form_id", []string{"F3"}},
		{"links", "form_a", []string{"F2"}},
		{"origins", "form_id", []string{"F3"}},
		{"clusters", "form_id", nil},
	} {
		data, _ := written(t, s, Options{Table: c.table, Format: "csv", Province: 79})
		if got := column(lines(t, data), c.column); !slices.Equal(got, c.want) {
			t.Errorf("%s of province 79: %q, want %q", c.table, got, c.want)
		}
	}
}

func TestQuarantineIsReadyToMend(t *testing.T) {
	s := openStore(t)
	data, _ := written(t, s, Options{Table: "quarantine", Format: "csv", Province: -1, Office: "HN-01"})
	row := lines(t, data)[0]
	for name, want := range map[string]string{
		"office_code": "HN-01", "source": "'=cmd.csv", "position": "9", "reason_codes": "FORM_ROW_UNREADABLE",
		"reasons_vi": "Dòng dữ liệu không đọc được", "reasons_en": "The row could not be read",
		"raw": `'=1+1\xff\x00;x`, "raw_base64": "PTErMf8AO3g=",
	} {
		if row[name] != want {
			t.Errorf("%s: %q, want %q", name, row[name], want)
		}
	}
	if _, n := written(t, s, Options{Table: "quarantine", Format: "csv", Province: -1, Office: "HN-02"}); n != 0 {
		t.Errorf("another office gets %d rows", n)
	}
}

func TestJSONLinesCarryTypesAndLists(t *testing.T) {
	data, _ := written(t, openStore(t), Options{Table: "forms", Format: "jsonl", Province: -1})
	var row struct {
		FormID string `json:"form_id"`
		Note   string
		Other  *string                         `json:"other_name"`
		RawV   []struct{ Field, Value string } `json:"raw_values"`
		Codes  []string                        `json:"reason_codes"`
	}
	line := bytes.Split(data, []byte("\n"))[2]
	if err := json.Unmarshal(line, &row); err != nil {
		t.Fatal(err)
	}
	if row.FormID != "F3" || row.Note != "@SUM(1)" || row.Other != nil {
		t.Errorf("read %+v", row)
	}
	if len(row.RawV) != 1 || row.RawV[0].Value != "đt +84912345678" || !slices.Equal(row.Codes, []string{"NAME_TONE_STYLE", "DUP_PROBABLE"}) {
		t.Errorf("lists: %+v", row)
	}
	links, _ := written(t, openStore(t), Options{Table: "links", Format: "jsonl", Province: -1})
	if !bytes.Contains(links, []byte(`"match_weight":-3.25`)) {
		t.Errorf("a number is not a number: %s", links)
	}
}

func TestWorkbookKeepsTextAndMarksDifferences(t *testing.T) {
	data, _ := written(t, openStore(t), Options{Table: TableClusters, Format: "xlsx", Province: -1})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(TableClusters)
	if err != nil {
		t.Fatal(err)
	}
	at := func(row int, name string) (cell, v string) {
		col := slices.Index(rows[0], name)
		cell, _ = excelize.CoordinatesToCellName(col+1, row+1)
		v, _ = f.GetCellValue(TableClusters, cell)
		return cell, v
	}
	if _, v := at(1, "cccd"); v != "001190123456" {
		t.Errorf("a number with leading zeros reads %q", v)
	}
	cell, v := at(2, "note")
	if v != "'=HYPERLINK(\"x\")" {
		t.Errorf("a formula reads %q", v)
	}
	if formula, _ := f.GetCellFormula(TableClusters, cell); formula != "" {
		t.Errorf("cell %s holds the formula %q", cell, formula)
	}
	differs, _ := at(1, "full_name")
	agrees, _ := at(1, "cccd")
	a, _ := f.GetCellStyle(TableClusters, differs)
	b, _ := f.GetCellStyle(TableClusters, agrees)
	if a == b {
		t.Error("cells that differ are not marked")
	}
}

func TestLongTableGoesOnInFurtherSheets(t *testing.T) {
	defer func(n int) { maxRows = n }(maxRows)
	maxRows = 3
	data, _ := written(t, openStore(t), Options{Table: "forms", Format: "xlsx", Province: -1})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var ids []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows[1:] {
			ids = append(ids, r[0])
		}
	}
	if want := []string{"F1", "F2", "F3", "F4", "F5", "F6"}; !slices.Equal(ids, want) {
		t.Errorf("sheets %q hold %q", f.GetSheetList(), ids)
	}
}

func TestMaskHidesNumbers(t *testing.T) {
	data, _ := written(t, openStore(t), Options{Table: "forms", Format: "jsonl", Province: -1, Mask: true})
	for _, f := range testForms {
		for _, number := range []string{f.cccd, f.phone} {
			if number != "" && bytes.Contains(data, []byte(number)) {
				t.Errorf("%s is shown", number)
			}
		}
	}
	if !bytes.Contains(data, []byte("001*****3456")) {
		t.Error("a masked number is not as 001*****3456")
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	s := openStore(t)
	for _, o := range []Options{
		{Table: "people", Format: "csv", Province: -1},
		{Table: "forms", Format: "xls", Province: -1},
		{Table: "quarantine", Format: "csv", Province: 1},
		{Table: "forms", Format: "csv", Province: -1, Office: "HN"},
	} {
		if _, err := Write(context.Background(), s, o, io.Discard); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
	if _, err := Write(context.Background(), s, Options{Table: snapshot.TableForms, Format: "csv", Province: -1}, io.Discard); err != nil {
		t.Error(err)
	}
}

// Whatever a cell holds, a spreadsheet sees no formula in it.
func TestNoCellIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lead := rapid.StringOf(rapid.SampledFrom([]rune(" \t\r\n\u00a0\u200b\ufeff=+-@＝a1"))).Draw(t, "lead")
		v := lead + rapid.String().Draw(t, "rest")
		safe := string(appendSafe(nil, []byte(v)))
		seen := strings.TrimFunc(safe, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) })
		if seen != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(seen)[0]) || safe != "" && strings.ContainsRune("\t\r", rune(safe[0])) {
			t.Errorf("%q is written as %q", v, safe)
		}
		if strings.TrimPrefix(safe, "'") != v && safe != v {
			t.Errorf("%q was changed to %q", v, safe)
		}
	})
}

// What is written as JSON reads back as it was, where it is UTF-8.
func TestJSONReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.String().Draw(t, "value")
		var got string
		if err := json.Unmarshal(appendJSON(nil, []byte(v)), &got); err != nil || got != strings.ToValidUTF8(v, "\ufffd") {
			t.Errorf("%q reads %q, %v", v, got, err)
		}
	})
}
