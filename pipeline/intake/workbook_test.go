package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/xuri/excelize/v2"
)

// wardList returns a workbook as a ward sends it: titles, a header of two rows,
// merged households, numbers and dates as spreadsheets keep them, a legacy
// font, hidden rows, signatures; a second sheet for another hamlet and one of
// notes.
func wardList(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	style := func(s excelize.Style) int {
		n, err := f.NewStyle(&s)
		check(err)
		return n
	}
	custom := "yyyy-mm-dd"
	zeros := "000000000000"
	date, other := style(excelize.Style{NumFmt: 14}), style(excelize.Style{CustomNumFmt: &custom})
	id := style(excelize.Style{CustomNumFmt: &zeros})
	tcvn, vni := style(excelize.Style{Font: &excelize.Font{Family: ".VnTime"}}), style(excelize.Style{Font: &excelize.Font{Family: "VNI-Times"}})
	capitals := style(excelize.Style{Font: &excelize.Font{Family: ".VnTimeH"}})

	check(f.SetSheetName("Sheet1", "Thôn 1"))
	rows := [][]any{
		{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{"DANH SÁCH NHÂN KHẨU THÔN 1"},
		{},
		{"STT", "Họ và tên", "Năm sinh", nil, "Số CCCD", "Mã hộ", "Thường trú", "Ngày kê khai"},
		{nil, nil, "Nam", "Nữ"},
		{"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"},
		{1, "Nguyễn Văn An", 1985, nil, 1085012345, "H1", "Thôn 1, xã Tân Thành", 44267},
		{2, "TrÇn ThÞ B×nh", nil, 31000, 1190000001.0, nil, nil, 44267.5},
		{3, "Nguyeãn Vaên Cöôøng", "x", nil, "271450001", "H2", "Thôn 1", "12/03/2021"},
		{"HỘ NGHÈO"},
		{4, "lª v¨n ®øc", 1990, nil, 1.2345e11, nil, nil, nil},
		{5},
		{6, "Phạm Thị Em"},
		{nil, "Tổng cộng: 5 nhân khẩu"},
		{nil, nil, nil, nil, nil, nil, "Ngày 12 tháng 3 năm 2021"},
		{nil, "NGƯỜI LẬP BIỂU", nil, nil, nil, nil, "TRƯỞNG THÔN"},
		{nil, nil, nil, nil, nil, nil, "Trần Văn Giang"},
	}
	for i, r := range rows {
		check(f.SetSheetRow("Thôn 1", fmt.Sprintf("A%d", i+1), &r))
	}
	for _, m := range [][2]string{{"A1", "H1"}, {"A2", "H2"}, {"A4", "A5"}, {"B4", "B5"}, {"C4", "D4"}, {"E4", "E5"}, {"F4", "F5"},
		{"G4", "G5"}, {"H4", "H5"}, {"F7", "F8"}, {"G7", "G8"}, {"F9", "F11"}, {"A10", "E10"}} {
		check(f.MergeCell("Thôn 1", m[0], m[1]))
	}
	check(f.SetCellStyle("Thôn 1", "H7", "H7", date))
	check(f.SetCellStyle("Thôn 1", "H8", "H8", other))
	check(f.SetCellStyle("Thôn 1", "D8", "D8", date))
	check(f.SetCellStyle("Thôn 1", "E7", "E7", id))
	check(f.SetCellStyle("Thôn 1", "B8", "B8", tcvn))
	check(f.SetCellStyle("Thôn 1", "B9", "B9", vni))
	check(f.SetCellStyle("Thôn 1", "B11", "B11", capitals))
	check(f.SetRowVisible("Thôn 1", 9, false))

	_, err := f.NewSheet("Thôn 2")
	check(err)
	for i, r := range [][]any{{"Họ tên", "Ngày sinh", "Cha"}, {"Lê Văn Hùng", "01/02/1970", "Lê Văn Ích"}} {
		check(f.SetSheetRow("Thôn 2", fmt.Sprintf("A%d", i+1), &r))
	}
	_, err = f.NewSheet("Ghi chú")
	check(err)
	check(f.SetCellStr("Ghi chú", "A1", "Lập theo mẫu của huyện"))
	var out bytes.Buffer
	check(f.Write(&out))
	return out.Bytes()
}

// cells reads a workbook and returns a line for each row and error.
func cells(t testing.TB, data []byte, opt Options) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "danh sach.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var out []string
	opt.Sources = &record.Sources{}
	for c, err := range New([]string{path}, opt).Chunks(context.Background()) {
		if err != nil {
			out = append(out, "error: "+strings.ReplaceAll(err.Error(), path, "FILE"))
			continue
		}
		width := len(c.Header.Names)
		for i, r := range c.Rows {
			var v []string
			for k := range width {
				if (i+1)*width <= c.Cells.Len() {
					v = append(v, string(c.Cells.At(i*width+k)))
				}
			}
			_, sheet, _ := strings.Cut(opt.Sources.Names()[c.Source], "#")
			out = append(out, fmt.Sprintf("%s %d %s %v", sheet, r.Position, strings.Join(v, "|"), r.Codes.AppendStrings(nil)))
		}
		c.Release()
	}
	return out
}

func TestWorkbook(t *testing.T) {
	want := []string{
		"Thôn 1 7 1|Nguyễn Văn An|1985||001085012345|H1|Thôn 1, xã Tân Thành|12/03/2021 []",
		"Thôn 1 8 2|Trần Thị Bình||14/11/1984|1190000001|H1|Thôn 1, xã Tân Thành|12/03/2021 [TEXT_ENCODING_FIXED]",
		"Thôn 1 9 3|Nguyễn Văn Cường|x||271450001|H2|Thôn 1|12/03/2021 [TEXT_ENCODING_FIXED]",
		"Thôn 1 11 4|LÊ VĂN ĐỨC|1990||123450000000|H2|| [TEXT_ENCODING_FIXED]",
		"Thôn 1 13 6|Phạm Thị Em|||||| []",
		"Thôn 2 2 Lê Văn Hùng|01/02/1970|Lê Văn Ích []",
	}
	data := wardList(t)
	for _, size := range []int{0, 1, 3} {
		if got := cells(t, data, Options{Rows: size}); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("chunks of %d rows:\n%s\nwant\n%s", size, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

// TestHeaderGroups reads headers in which a group stands above its columns.
func TestHeaderGroups(t *testing.T) {
	m := newMapper(record.FormSchema, nil)
	field := func(f record.Field) record.Target { return record.Target{Role: record.RoleField, Field: f} }
	role := func(r record.Role) record.Target { return record.Target{Role: r, Field: record.None} }
	for path, want := range map[string]record.Target{
		"Năm sinh/Nam":              role(record.RoleBirthYearMale),
		"Ngày sinh/Nữ":              role(record.RoleBirthYearFemale),
		"Giới tính/Nam":             role(record.RoleBirthYearMale),
		"Họ và tên/Tên":             role(record.RoleGiven),
		"Giấy tờ/Số CCCD":           role(record.RoleIdentity),
		"Cha/Họ và tên":             field(record.FatherName),
		"Cha/Năm sinh":              role(record.RoleIgnored),
		"Chủ hộ/Số CCCD":            field(record.HeadID),
		"Nơi thường trú/Xã":         {Role: record.RoleJoined, Field: record.PermanentAddress},
		"Nơi thường trú/Địa chỉ":    {Role: record.RoleJoined, Field: record.PermanentAddress},
		"Họ và tên/(viết chữ hoa)":  field(record.FullName),
		"Danh sách/Hä vµ tªn":       field(record.FullName),
		"cccd":                      field(record.CCCD),
		"CCCD":                      role(record.RoleIdentity),
		"ĐT":                        field(record.Phone),
		"DT":                        field(record.Ethnicity),
		"2. NGÀY SINH (dd-mm-yyyy)": field(record.BirthDate),
		"không có trong bảng":       role(record.RoleIgnored),
	} {
		if _, got, _ := m.resolvePath(strings.Split(path, "/")); got != want {
			t.Errorf("%s: %+v, want %+v", path, got, want)
		}
	}
}

// TestHeaderParts reads headers that mean something only beside others.
func TestHeaderParts(t *testing.T) {
	const none, day, month, year, level = "-", "day", "month", "year", "level"
	role := map[record.Role]string{record.RoleBirthDay: day, record.RoleBirthMonth: month, record.RoleBirthYear: year, record.RoleJoined: level}
	for names, want := range map[string]string{
		"Họ tên|Ngày sinh|Tháng sinh|Năm sinh":                      "- day month year",
		"Họ tên|Ngày|Tháng|Năm":                                     "- day month year",
		"HO TEN|NGAY SINH|THANG SINH|NAM SINH":                      "- day month year",
		"Họ tên|Ngày sinh (Ngày)|Ngày sinh (Tháng)|Ngày sinh (Năm)": "- day month year",
		"Họ tên|Năm sinh (Nam)|Năm sinh (Nữ)|Tháng":                 "- - - -",
		"Họ tên|Nam|Nữ|Tháng":                                       "- - - -",
		"Họ tên|Ngày sinh|Năm":                                      "- - -",
		"Họ tên|Thôn|Xã|Huyện|Tỉnh":                                 "- level level level level",
		"Họ tên|Xã/phường|Tỉnh/thành phố":                           "- level level",
		"Họ tên|Xã|HKTT":                                            "- - -",
		"Họ tên|Xã":                                                 "- -",
	} {
		h, _ := newMapper(record.FormSchema, nil).header(strings.Split(names, "|"), ',')
		var got []string
		for _, t := range h.Targets {
			part, ok := role[t.Role]
			if !ok {
				part = none
			}
			got = append(got, part)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", names, got, want)
		}
	}
}

// rezip returns a workbook with one of its parts changed.
func rezip(t testing.TB, data []byte, part string, change func([]byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range z.File {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(p.Name, part) {
			text = change(text)
		}
		dst, err := w.Create(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dst.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestWorkbookDamaged breaks a workbook in many ways: each is an error that
// names the file, with one refused row, and never a panic or a silent loss.
func TestWorkbookDamaged(t *testing.T) {
	data := wardList(t)
	for name, broken := range map[string][]byte{
		"cut in half":     data[:len(data)/2],
		"no workbook":     rezip(t, data, "workbook.xml", func([]byte) []byte { return []byte("<x/>") }),
		"bad xml":         rezip(t, data, "workbook.xml", func(b []byte) []byte { return b[:len(b)/2] }),
		"sheet breaks":    rezip(t, data, "sheet1.xml", func(b []byte) []byte { return b[:bytes.Index(b, []byte(`r="E9"`))] }),
		"string number":   rezip(t, data, "sheet1.xml", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("<v>1</v>"), []byte("<v>99999</v>")) }),
		"reference":       rezip(t, data, "sheet1.xml", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`r="B8"`), []byte(`r="ZZZZZZ8"`)) }),
		"row number":      rezip(t, data, "sheet1.xml", func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(`r="8"`), []byte(`r="99999999"`)) }),
		"bomb":            rezip(t, data, "sheet1.xml", func([]byte) []byte { return bytes.Repeat([]byte{' '}, minUnzip+1) }),
		"styles missing":  rezip(t, data, "styles.xml", func([]byte) []byte { return nil }),
		"strings missing": rezip(t, data, "sharedStrings.xml", func([]byte) []byte { return nil }),
	} {
		got := cells(t, broken, Options{})
		all := strings.Join(got, "\n")
		t.Logf("%s:\n%s", name, all)
		failed := strings.Contains(all, "error: reading FILE")
		if name == "sheet breaks" && !strings.Contains(all, "Nguyễn Văn An|1985") {
			t.Errorf("%s: the rows before the damage are lost:\n%s", name, all)
		}
		if failed != strings.Contains(all, "FORM_FILE_UNREADABLE") {
			t.Errorf("%s: errors and refusals do not agree:\n%s", name, all)
		}
		if !failed && name != "string number" && name != "styles missing" {
			t.Errorf("%s: no error:\n%s", name, all)
		}
	}
}

// BenchmarkWorkbook reads a sheet of 5,000 rows and 12 columns.
func BenchmarkWorkbook(b *testing.B) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	names := []any{"Mã phiếu", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thường trú", "Nơi ở", "Dân tộc", "Cha", "Mẹ", "SĐT", "Ghi chú"}
	row := []any{"P1", "Nguyễn Văn An", 31000, "Nam", 1085012345, "Thôn 1, xã Tân Thành", "Thôn 1", "Kinh", "Nguyễn Văn B", "Lê Thị C", "0912345678", ""}
	const rows = 5000
	for i := range rows + 1 {
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), names); err != nil {
			b.Fatal(err)
		}
		names = row
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "a.xlsx")
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	pool := &record.ChunkPool{}
	for b.Loop() {
		n := 0
		for c, err := range New([]string{path}, Options{Pool: pool}).Chunks(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(c.Rows)
			c.Release()
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
}
