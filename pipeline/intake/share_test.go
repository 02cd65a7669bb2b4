package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// While text is read, the rows that are expected come near to those that there are.
func TestExpected(t *testing.T) {
	dir := t.TempDir()
	const rows = 40_000
	for _, name := range []string{"a.csv", "b.csv"} {
		var b strings.Builder
		b.WriteString("form_id,full_name,birth_date\n")
		for i := range rows {
			fmt.Fprintf(&b, "F%s%06d,Nguyễn Văn Thử,1990-01-02\n", name[:1], i)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := New([]string{dir, filepath.Join(dir, "is-not-there.csv")}, Options{Rows: 1000})
	if n := r.Expected(); n != 0 {
		t.Errorf("before anything is read %d rows are expected", n)
	}
	sum, asked := 0, 0
	for c, err := range r.Chunks(context.Background()) {
		if err != nil {
			continue // the one that is not there
		}
		if sum += len(c.Rows); sum > rows/2 {
			asked++
			if n := r.Expected(); n < 2*rows*8/10 || n > 2*rows*12/10 {
				t.Errorf("after %d rows %d are expected of %d", sum, n, 2*rows)
			}
		}
		c.Release()
	}
	if asked < 10 || r.Expected() != int64(sum) {
		t.Errorf("at the end %d rows are expected of %d (asked %d times)", r.Expected(), sum, asked)
	}
}

// Of a pipe nobody knows how much is to come.
func TestExpectedOfAPipe(t *testing.T) {
	r := New([]string{"-"}, Options{Rows: 10, Stdin: strings.NewReader("form_id,full_name\n" + strings.Repeat("F,Nguyễn Văn Thử\n", 100))})
	for c, err := range r.Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if n := r.Expected(); n != 0 {
			t.Errorf("%d rows are expected of a pipe", n)
		}
		c.Release()
	}
}
