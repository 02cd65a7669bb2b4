package intake

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/dusach/dusach/pipeline/say"
)

// Limits of a workbook. Sheets and strings above unzipMemory are spooled to
// the folder for temporary files.
const (
	maxColumns  = 16384
	maxRows     = 1 << 20
	maxSpans    = 1 << 20
	maxRatio    = 200 // unpacked to packed
	minUnzip    = 64 << 20
	maxUnzip    = 4 << 30
	unzipMemory = 16 << 20
)

// readWorkbook reads all sheets of an XLSX file.
func (r *run) readWorkbook(f *os.File, size int64) error {
	if size > maxWorkbook {
		return r.failWhole(nil, refuse(say.Errorf("bảng tính lớn hơn %d MiB", "a workbook of more than %d MiB", maxWorkbook>>20),
			say.Words{VI: "hãy chia nhỏ, hoặc lưu dạng CSV", EN: "divide it, or save it as CSV"}))
	}
	var book *excelize.File
	var parts map[string]*zip.File
	err := guard(func() (err error) {
		book, err = excelize.OpenFile(f.Name(), excelize.Options{
			RawCellValue: true, TmpDir: r.opt.TmpDir,
			UnzipSizeLimit: min(max(size*maxRatio, minUnzip), maxUnzip), UnzipXMLSizeLimit: unzipMemory,
		})
		if err == nil {
			parts, err = sheetParts(f, size)
		}
		return err
	})
	if book != nil {
		defer book.Close()
	}
	if err != nil {
		return r.failWhole(nil, notWorkbook(err))
	}
	return r.readSheets(book, parts)
}

// guard turns a panic of the library, which a crafted file can cause, into an
// error of that file.
func guard(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = notWorkbook(say.Errorf("bộ đọc dừng lại: %v", "the reader gave up: %v", p))
		}
	}()
	return do()
}

func notWorkbook(err error) error {
	return refuse(say.Errorf("không phải bảng tính đọc được: %w", "not a readable workbook: %w", err), saveAgain)
}

// readSheets reads every sheet. One without a header is reported if it looks
// like a list, or if the workbook has no other; else it is a note.
func (r *run) readSheets(book *excelize.File, parts map[string]*zip.File) error {
	file, name := r.path, r.opt.Sources.Name(r.source)
	defer func() { r.path = file }()
	style := newStyles(book)
	lists, failed := 0, 0
	var notes []*sheet
	for _, title := range book.GetSheetList() {
		part := parts[title]
		if part == nil {
			continue // a chart
		}
		s := &sheet{run: r, book: book, style: style, title: title, part: part}
		err := guard(s.open)
		if err == nil && s.header == nil {
			s.close()
			if !s.isEmpty() {
				notes = append(notes, s)
			}
			continue
		}
		r.path = file + "#" + title
		r.begin(name + "#" + title)
		if err != nil {
			failed++
			err = r.failWhole(nil, err)
		} else {
			lists++
			err = s.send()
		}
		s.close()
		if err != nil && !r.report(err) {
			return errStopped
		}
	}
	for _, s := range notes {
		if lists > 0 && !s.isList() {
			continue
		}
		failed++
		r.path = file + "#" + s.title
		r.begin(name + "#" + s.title)
		if !r.report(r.failWhole(nil, r.unknownHeader(s.first()))) {
			return errStopped
		}
	}
	if lists == 0 && failed == 0 {
		r.path = file
		return r.failWhole(nil, refuse(say.Errorf("bảng tính rỗng", "the workbook is empty"), sendOrLeave))
	}
	return nil
}

// sheetParts returns the part of the file that holds each sheet, by title.
func sheetParts(f io.ReaderAt, size int64) (map[string]*zip.File, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, err
	}
	byName := map[string]*zip.File{}
	for _, p := range z.File {
		byName[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(p.Name, `\`, "/"), "/"))] = p
	}
	var book struct {
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Attr []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := readXML(byName["xl/workbook.xml"], &book); err != nil {
		return nil, err
	}
	if err := readXML(byName["xl/_rels/workbook.xml.rels"], &rels); err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, rel := range rels.Relationship {
		t := path.Join("/xl", rel.Target)
		if strings.HasPrefix(rel.Target, "/") {
			t = rel.Target
		}
		target[rel.ID] = strings.ToLower(strings.TrimPrefix(t, "/"))
	}
	parts := map[string]*zip.File{}
	for _, s := range book.Sheets {
		for _, a := range s.Attr {
			if p := byName[target[a.Value]]; a.Name.Local == "id" && p != nil && strings.Contains(p.Name, "worksheets/") {
				parts[s.Name] = p
			}
		}
	}
	return parts, nil
}

func readXML(p *zip.File, into any) error {
	if p == nil {
		return say.Errorf("thiếu một phần của tệp", "a part of it is missing")
	}
	r, err := p.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(io.LimitReader(r, unzipMemory))
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return nil
}
