package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/export"
	"github.com/dusach/dusach/pipeline/intake"
)

func sheet(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAnswersOfASheet(t *testing.T) {
	a, err := ReadAnswers(t.Context(), sheet(t, "a.csv", "\ufeffform_a,form_b,answer,why,by,Họ và tên A\n"+
		"B1,A1,Cùng,chữ ký,Lan,Trần\n"+
		"A2,B2,KHÁC NGƯỜI,,,x\n"+
		"A3,B3,,,,\n"+
		"A4,B4,maybe,,,\n"+
		"A5,A5,same,,,\n"+
		"A6,B6,same\n"+
		"A7,B7,same,số 001090012345,,\n"+
		"'-A8,'=B8,no,,,\n"), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.List) != 3 || a.Unsure != 1 || len(a.Bad) != 4 {
		t.Fatalf("%d answers, %d unsure, bad rows %v", len(a.List), a.Unsure, a.Bad)
	}
	first := a.List[0]
	if first.A != "A1" || first.B != "B1" || !first.Same || first.By != "Lan" || first.Why != "chữ ký" || a.Rows[0] != 2 {
		t.Errorf("the first answer is %+v in row %d", first, a.Rows[0])
	}
	if a.List[1].Same || a.List[2].A != "-A8" || a.List[2].B != "=B8" {
		t.Errorf("the other answers are %+v", a.List[1:])
	}
	rows := map[int64]bool{}
	for _, b := range a.Bad {
		rows[b.Row] = true
		if strings.Contains(b.Err.Error(), "001090012345") {
			t.Errorf("the error repeats a number: %v", b.Err)
		}
	}
	for _, want := range []int64{5, 6, 7, 8} {
		if !rows[want] {
			t.Errorf("row %d is bad and not named: %v", want, a.Bad)
		}
	}
}

// What was written as a workbook is read back, ids that look like formulas included.
func TestAnswersOfAWorkbook(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.xlsx")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"+1", "B1", "same", "", ""}, {"A2", "@B2", "khác", "vì sao", ""}}
	_, err = export.WriteSheet(f, "xlsx", "review", false, []string{ColumnA, ColumnB, Answer, Why, By}, func(yield func([]string) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	})
	if err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	a, err := ReadAnswers(t.Context(), name, intake.Options{})
	if err != nil || len(a.Bad) != 0 || len(a.List) != 2 {
		t.Fatalf("%+v, %v", a, err)
	}
	if a.List[0].A != "+1" || !a.List[0].Same || a.List[1].A != "@B2" || a.List[1].Same || a.List[1].Why != "vì sao" {
		t.Errorf("read %+v", a.List)
	}
}

func TestSheetsThatAreNone(t *testing.T) {
	for name, text := range map[string]string{
		"no answer column": "form_a,form_b\nA,B\n",
		"no second form":   "form_a,answer\nA,same\n",
		"other columns":    "x,y,z\n1,2,3\n",
	} {
		if a, err := ReadAnswers(t.Context(), sheet(t, "a.csv", text), intake.Options{}); err == nil {
			t.Errorf("%s: read as %+v", name, a)
		}
	}
	if _, err := ReadAnswers(t.Context(), sheet(t, "a.xlsx", "PK\x03\x04 broken"), intake.Options{}); err == nil {
		t.Error("a broken workbook was read")
	}
	a, err := ReadAnswers(t.Context(), sheet(t, "a.jsonl", `{"form_a":"A","form_b":"B","answer":"different"}`+"\n"), intake.Options{})
	if err != nil || len(a.List) != 1 {
		t.Errorf("JSON Lines: %+v, %v", a, err)
	}
	a, err = ReadAnswers(t.Context(), sheet(t, "a.csv", "form_a,form_b,answer\nA,B,same\nB,A,khác\n"), intake.Options{})
	if err != nil || a.Twice() == nil {
		t.Errorf("two answers to one pair: %+v, %v", a, err)
	}
}
