package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const header = "form_id,full_name,birth_date\n"

func gz(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t testing.TB, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(text), nil))
}

// folderOf writes files and returns their folder.
func folderOf(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readPaths reads inputs and returns a line for each row and error, with the
// name of the source below dir.
func readPaths(t testing.TB, dir string, inputs []string, opt Options) (out []string, r *Reader) {
	t.Helper()
	opt.Sources = &record.Sources{}
	r = New(inputs, opt)
	for c, err := range r.Chunks(context.Background()) {
		if err != nil {
			out = append(out, "error: "+strings.ReplaceAll(err.Error(), dir+"/", ""))
			continue
		}
		name := strings.TrimPrefix(opt.Sources.Names()[c.Source], dir+"/")
		for i, row := range c.Rows {
			raw := string(c.Bytes(i))
			if c.Format == record.Cells {
				raw = string(c.Cells.At(i * len(c.Header.Names)))
			}
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s:%d %s %s", name, row.Position, strings.Join(row.Codes.AppendStrings(nil), " "), raw)))
		}
		c.Release()
	}
	return out, r
}

func TestFolder(t *testing.T) {
	files := map[string]string{
		"b.csv": header + "1,An,1990\n", "a/c.tsv.gz": gz(t, "form_id\tfull_name\n2\tBình\n"), "a/d.jsonl.zst": zst(t, `{"form_id":"3"}`),
		"a/.hidden.csv": header + "9,X,1990\n", ".git/e.csv": header + "9,X,1990\n", "README.md": "# form_id", "~$b.xlsx": "lock", "f.XLS": "old",
		"z.xlsx": string(wardList(t)),
		// what dusach made of forms is not a form
		"store/CURRENT": "000001\n", "store/snapshots/000001/forms/part-00000.csv": header + "9,X,1990\n",
	}
	dir := folderOf(t, files)
	want := []string{
		"a/c.tsv.gz:2  2\tBình", `a/d.jsonl.zst:1  {"form_id":"3"}`, "b.csv:2  1,An,1990",
		"f.XLS:1 FORM_FILE_UNREADABLE", "error: reading f.XLS: the old format .xls is not read; open it and save as .xlsx",
		"z.xlsx#Thôn 1:7  1", "z.xlsx#Thôn 1:8 TEXT_ENCODING_FIXED 2", "z.xlsx#Thôn 1:9 TEXT_ENCODING_FIXED 3",
		"z.xlsx#Thôn 1:11 TEXT_ENCODING_FIXED 4", "z.xlsx#Thôn 1:13  6", "z.xlsx#Thôn 2:2  Lê Văn Hùng",
	}
	got, r := readPaths(t, dir, []string{dir}, Options{})
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, f := range r.Files() {
		text := files[strings.TrimPrefix(f.Path, dir+"/")]
		if f.Bytes != int64(len(text)) || f.SHA256 != sha256.Sum256([]byte(text)) {
			t.Errorf("%s: wrong size or hash", f.Path)
		}
	}
	if len(r.Files()) != 5 {
		t.Errorf("%d files, want 5", len(r.Files()))
	}
	got, _ = readPaths(t, dir, []string{filepath.Join(dir, "store")}, Options{})
	if len(got) != 2 || !strings.Contains(got[1], "this is a store of dusach, not forms; name the files of forms") {
		t.Errorf("of a store itself: %q", got)
	}
}

func TestInputs(t *testing.T) {
	book := string(wardList(t))
	dir := folderOf(t, map[string]string{
		"a.csv": header + "1,An,1990", "b.csv": header + "2,Bình,1991", "empty/x.md": "", "book.csv": book, "book.xlsx.gz": gz(t, book),
		"gzgz.csv.gz": gz(t, gz(t, "x")), "old.xlsx": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "list.json": "[{}]", "p.parquet": "PAR1xxxxPAR1",
		"broken.jsonl": "\"form_id\":\"1\"}\n{\"form_id\":\"2\"}\n",
	})
	for input, want := range map[string]string{
		"*.csv":        "a.csv:2  1,An,1990|b.csv:2  2,Bình,1991|book.csv#Thôn 1:7  1",
		"none-*.csv":   "none-*.csv:1 FORM_FILE_UNREADABLE|error: reading none-*.csv: stat none-*.csv: no such file or directory; check the path",
		"empty":        "error: reading empty: the folder holds no data files; put CSV",
		"book.xlsx.gz": "book.xlsx.gz#Thôn 1:7  1",
		"gzgz.csv.gz":  "error: reading gzgz.csv.gz: a packed file within a packed file; unpack it once",
		"old.xlsx":     "error: reading old.xlsx: an old or locked workbook; open it, take off its password",
		"list.json":    "error: reading list.json: a JSON array; write one object a line",
		"broken.jsonl": "broken.jsonl:1  \"form_id\":\"1\"}|broken.jsonl:2  {\"form_id\":\"2\"}",
		"p.parquet":    "error: reading p.parquet: Parquet files are not read here",
	} {
		got, _ := readPaths(t, dir, []string{filepath.Join(dir, input)}, Options{})
		if all := strings.Join(got, "|"); !strings.Contains(all, want) {
			t.Errorf("%s: got %s", input, all)
		}
	}
	got, _ := readPaths(t, dir, []string{"-"}, Options{Stdin: strings.NewReader(book)})
	if len(got) != 6 || got[0] != "stdin#Thôn 1:7  1" {
		t.Errorf("a workbook from standard input: %q", got)
	}
}

// TestBreaksOff cuts compressed files at every place: whole rows before the
// damage come, one refused row holds the rest, and the error names the file.
func TestBreaksOff(t *testing.T) {
	var text strings.Builder
	text.WriteString(header)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		fmt.Fprintf(&text, "%d,Nguyễn Văn %d,%d\n", i, random.Uint32(), 1900+random.IntN(100))
	}
	whole := strings.Split(text.String(), "\n")
	for kind, data := range map[string]string{"gz": gz(t, text.String()), "zst": zst(t, text.String())} {
		for n := 4; n < len(data); n += 1 + len(data)/50 {
			dir := folderOf(t, map[string]string{"a.csv." + kind: data[:n]})
			got, _ := readPaths(t, dir, []string{dir}, Options{Rows: 7})
			last := got[len(got)-1]
			if !strings.HasPrefix(last, "error: reading a.csv."+kind) || !strings.Contains(got[len(got)-2], "FORM_FILE_UNREADABLE") {
				t.Fatalf("%s cut at %d ends in %q", kind, n, got[max(0, len(got)-2):])
			}
			for i, line := range got[:len(got)-2] {
				if want := fmt.Sprintf("a.csv.%s:%d  %s", kind, i+2, whole[i+1]); line != want {
					t.Fatalf("%s cut at %d: row %q, want %q", kind, n, line, want)
				}
			}
		}
	}
}

func TestStrict(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.csv": "", "b.csv": header + "2,Bình,1991"})
	got, _ := readPaths(t, dir, []string{dir}, Options{Strict: true})
	if len(got) != 2 || !strings.HasPrefix(got[1], "error: reading a.csv: the file is empty") {
		t.Errorf("strict: %q", got)
	}
}

// TestRandomBytes reads random bytes under every name: one refusal or more,
// never a panic, and the same again.
func TestRandomBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for round := range 60 {
		b := make([]byte, random.IntN(5000))
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		magic := []string{"", "PK\x03\x04", "PAR1", "\x1f\x8b\x08\x00", "\x28\xb5\x2f\xfd", "{", header, "\xff\xfe"}[round%8]
		dir := folderOf(t, map[string]string{"a" + []string{".csv", ".xlsx", ".parquet", ".jsonl"}[round%4]: magic + string(b)})
		got, _ := readPaths(t, dir, []string{dir}, Options{})
		again, _ := readPaths(t, dir, []string{dir}, Options{Rows: 1})
		if len(got) == 0 || strings.Join(got, "\n") != strings.Join(again, "\n") {
			t.Fatalf("%q…: %q, and again %q", magic, got, again)
		}
	}
}

// TestStops breaks out of the rows, and cancels: nothing comes afterwards.
func TestStops(t *testing.T) {
	dir := folderOf(t, map[string]string{"a.csv": header + strings.Repeat("1,An,1990\n", 100), "b.csv": header + "2,Bình,1991"})
	for range New([]string{dir}, Options{Rows: 10}).Chunks(context.Background()) {
		break
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	chunks := 0
	var last error
	for c, err := range New([]string{dir}, Options{Rows: 10}).Chunks(ctx) {
		if last = err; c != nil {
			chunks++
		}
		cancel()
	}
	if chunks != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("after cancelling: %d chunks, %v", chunks, last)
	}
}

// TestSameChunks checks that chunk memory goes round instead of growing with
// the file.
func TestSameChunks(t *testing.T) {
	text := header + strings.Repeat("1,Nguyễn Văn An,1990\n", 50_000)
	seen := map[*record.Chunk]bool{}
	for c, err := range New([]string{"-"}, Options{Rows: 500, Stdin: strings.NewReader(text)}).Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		seen[c] = true
		if cap(c.Data) > 1<<20 {
			t.Fatalf("a chunk of %d bytes took %d", len(c.Data), cap(c.Data))
		}
		c.Release()
	}
	if len(seen) != 1 {
		t.Errorf("%d chunks were made for a receiver that keeps one", len(seen))
	}
}
