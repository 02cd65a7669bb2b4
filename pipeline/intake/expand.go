package intake

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dusach/dusach/pipeline/say"
)

// An input is one file to be read, or the reason why it cannot be.
type input struct {
	path string // "-" is standard input
	err  error
}

// expand lists the files that args mean, in the order of args.
func expand(args []string) []input {
	var out []input
	for _, a := range args {
		info, err := os.Stat(a)
		switch {
		case a == "-":
			out = append(out, input{path: a})
		case err == nil && info.IsDir():
			out = append(out, folder(a)...)
		case err == nil:
			out = append(out, input{path: a})
		default:
			out = append(out, glob(a, err)...)
		}
	}
	return out
}

// glob lists what a pattern matches; cause says why a itself is no file.
func glob(a string, cause error) []input {
	matches, err := filepath.Glob(a)
	if err != nil || len(matches) == 0 {
		return []input{{a, refuse(cause, say.Words{VI: "hãy kiểm tra đường dẫn và quyền đọc", EN: "check the path and the rights to read it"})}}
	}
	slices.Sort(matches)
	var out []input
	for _, m := range matches {
		if info, err := os.Stat(m); err == nil && info.IsDir() {
			out = append(out, folder(m)...)
			continue
		}
		if !isHidden(m) {
			out = append(out, input{path: m})
		}
	}
	return out
}

// folder lists the data files below root by name. Files of other kinds are not
// data and are left alone, and so are stores: what dusach made of forms is not
// a form. A folder that cannot be read is an error in its place.
func folder(root string) []input {
	if isStore(root) {
		return []input{{root, refuse(say.Errorf("đây là kho kết quả của dusach, không phải phiếu", "this is a store of dusach, not forms"),
			say.Words{VI: "hãy ghi tên các tệp phiếu; kho được chọn bằng --out", EN: "name the files of forms; --out names the store they are added to"})}}
	}
	var out []input
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			out = append(out, input{path, refuse(err, say.Words{VI: "hãy cấp quyền đọc, hoặc bỏ ra", EN: "give the right to read it, or leave it out"})})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case path != root && (isHidden(path) || d.IsDir() && isStore(path)):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && isData(path):
			out = append(out, input{path: path})
		}
		return nil
	})
	if len(out) == 0 {
		out = append(out, input{root, refuse(say.Errorf("thư mục không có tệp dữ liệu nào", "the folder holds no data files"),
			say.Words{VI: "hãy đặt vào đó tệp CSV, TSV, XLSX, JSON Lines hoặc Parquet", EN: "put CSV, TSV, XLSX, JSON Lines or Parquet files in it"})})
	}
	return out
}

// isHidden reports whether a file is hidden, or is the lock file of a document
// that is open in an office program.
func isHidden(path string) bool {
	name := filepath.Base(path)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// isStore reports whether a folder is a store of dusach.
func isStore(path string) bool {
	current, err := os.Stat(filepath.Join(path, "CURRENT"))
	if err != nil || current.IsDir() {
		return false
	}
	snapshots, err := os.Stat(filepath.Join(path, "snapshots"))
	return err == nil && snapshots.IsDir()
}

// isData reports whether a file in a folder is data, by its name.
func isData(path string) bool {
	switch extension(path) {
	case ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".json", ".jsonl", ".ndjson", ".parquet":
		return true
	}
	return false
}

// extension returns the extension of a file in lower case, without that of
// its compression.
func extension(path string) string {
	name := strings.ToLower(filepath.Base(path))
	for _, packed := range []string{".gz", ".zst", ".gzip", ".zstd"} {
		name = strings.TrimSuffix(name, packed)
	}
	return filepath.Ext(name)
}
