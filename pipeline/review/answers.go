package review

import (
	"context"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// The columns of a sheet of answers. What a sheet shows of the two forms stands in
// columns of other names, which are not read.
const (
	ColumnA = "form_a"
	ColumnB = "form_b"
	Answer  = "answer"
	Why     = "why"
	By      = "by"
)

// answers is the record type of a sheet of answers.
var answers = func() *record.Schema {
	s, err := record.NewSchema("answer", []record.FieldDef{
		{Name: ColumnA, Kind: record.KindKey, Headers: "Phiếu A|Mã phiếu A|Form A"},
		{Name: ColumnB, Kind: record.KindText, Headers: "Phiếu B|Mã phiếu B|Form B"},
		{Name: Answer, Kind: record.KindText, Headers: "Trả lời|Kết luận|Cùng người|same|verdict"},
		{Name: Why, Kind: record.KindText, Headers: "Lý do|Vì sao|reason"},
		{Name: By, Kind: record.KindText, Headers: "Người duyệt|reviewer"},
	})
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return s
}()

// The words of an answer, without marks and in small letters.
var words = map[string]bool{
	"same": true, "s": true, "yes": true, "y": true, "1": true, "true": true, "match": true, "cung": true, "cung nguoi": true, "mot nguoi": true, "trung": true, "c": true, "co": true,
	"different": false, "d": false, "no": false, "n": false, "0": false, "false": false, "khac": false, "khac nguoi": false, "hai nguoi": false, "khong": false, "k": false, "apart": false,
}

// unsure are words of who could not tell: no decision.
var unsure = map[string]bool{"": true, "?": true, "unsure": true, "unknown": true, "khong ro": true, "chua ro": true, "khong biet": true}

// ParseAnswer reads the answer of a person: same, or two; decided is false where the
// person could not tell.
func ParseAnswer(text string) (same, decided bool, err error) {
	word := strings.ToLower(strings.Join(strings.Fields(string(normalize.AppendFold(nil, []byte(text)))), " "))
	if unsure[word] {
		return false, false, nil
	}
	same, ok := words[word]
	if !ok {
		return false, false, say.Errorf("câu trả lời phải là \"cùng\" hoặc \"khác\" (chưa rõ thì để trống)", "an answer has to be \"same\" or \"different\" (leave it empty where you cannot tell)")
	}
	return same, true, nil
}

// Answers is what was read of a sheet.
type Answers struct {
	List   []Decision // without who and when where the sheet does not say
	Rows   []int64    // of List, in the sheet
	Unsure int        // rows without a decision
	Bad    []BadRow
}

// A BadRow is a row that cannot be read as an answer.
type BadRow struct {
	Row int64 // of the sheet, as people count: the header is row 1
	Err error
}

// maxBadRows are how many bad rows are told of.
const maxBadRows = 1000

// ReadAnswers reads a sheet of answers: CSV, TSV, XLSX, JSON Lines.
func ReadAnswers(ctx context.Context, name string, opt intake.Options) (*Answers, error) {
	opt.Schema, opt.Strict, opt.Parquet = answers, true, decode.OpenParquet
	a := &Answers{}
	stage := decode.New(answers)
	var out record.Decoded
	for chunk, err := range intake.New([]string{name}, opt).Chunks(ctx) {
		if err != nil {
			return nil, err
		}
		if err := has(chunk.Header); err != nil {
			return nil, err
		}
		if err := stage.Do(ctx, chunk, &out); err != nil {
			return nil, err
		}
		for i := range out.Refused.Len() {
			a.bad(out.Refused.Origin[i].Position, say.Errorf("không đọc được dòng (số ô không khớp tiêu đề?)", "the row cannot be read (has it as many cells as the header?)"))
		}
		for i := range out.Forms.N {
			a.add(&out.Forms, i)
		}
		chunk.Release()
	}
	return a, nil
}

// has reports a sheet without the columns that an answer needs.
func has(h *record.Header) error {
	for f, name := range []string{ColumnA, ColumnB, Answer} {
		found := len(h.Targets) == 0 // members of JSON objects are named one by one
		for _, t := range h.Targets {
			found = found || t.Role != record.RoleIgnored && t.Field == record.Field(f)
		}
		if !found {
			return say.Errorf("thiếu cột %s: cần form_a, form_b và answer (cùng hoặc khác)", "there is no column %s: form_a, form_b and answer (same or different) are needed", name)
		}
	}
	return nil
}

func (a *Answers) bad(row int64, err error) {
	if len(a.Bad) < maxBadRows {
		a.Bad = append(a.Bad, BadRow{row, err})
	}
}

func (a *Answers) add(f *record.Forms, i int) {
	cell := func(at int) string { return strings.TrimSpace(string(f.Cols[at].At(i))) }
	same, decided, err := ParseAnswer(cell(2))
	if err != nil {
		a.bad(f.Origin[i].Position, err)
		return
	}
	if !decided {
		a.Unsure++
		return
	}
	d := Decision{A: asExported(cell(0)), B: asExported(cell(1)), Same: same, Why: cell(3), By: cell(4)}
	if err := d.Check(); err != nil {
		a.bad(f.Origin[i].Position, err)
		return
	}
	a.List, a.Rows = append(a.List, d), append(a.Rows, f.Origin[i].Position)
}

// asExported takes away the apostrophe that a sheet puts before what a spreadsheet
// would take for a formula.
func asExported(id string) string {
	if rest, ok := strings.CutPrefix(id, "'"); ok && rest != "" && strings.ContainsAny(rest[:1], "=+-@") {
		return rest
	}
	return id
}

// Twice returns an error that names the first two rows of a sheet that answer one
// pair differently, if there are any.
func (a *Answers) Twice() error {
	first := map[[2]string]bool{}
	for i := range a.List {
		d := &a.List[i]
		if was, ok := first[d.Pair()]; ok && was != d.Same {
			return say.Errorf("cặp %s, %s được trả lời hai lần khác nhau trong cùng một bảng: hãy sửa rồi nạp lại", "the pair %s, %s has two different answers in one sheet: mend it and import again", d.A, d.B)
		}
		first[d.Pair()] = d.Same
	}
	return nil
}
