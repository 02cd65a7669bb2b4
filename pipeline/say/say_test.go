package say_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"github.com/dusach/dusach/pipeline/say"
)

func TestText(t *testing.T) {
	kind := say.Words{VI: "tệp nén", EN: "packed file"}
	cut := say.Errorf("%s bị đứt: %w", "the %s breaks off: %w", kind, context.Canceled)
	cases := []struct {
		err    error
		vi, en string
	}{
		{cut, "tệp nén bị đứt: đã dừng", "the packed file breaks off: context canceled"},
		{fmt.Errorf("--model: %w", cut), "--model: tệp nén bị đứt: đã dừng", "--model: the packed file breaks off: context canceled"},
		{say.Errorf("%[2]d trong %[1]d", "of %[1]d, %[2]d", 3, 2), "2 trong 3", "of 3, 2"},
		{&fs.PathError{Op: "open", Path: "a.csv", Err: syscall.ENOENT}, "a.csv: không có tệp hoặc thư mục này", "open a.csv: no such file or directory"},
		{errors.Join(cut, fs.ErrPermission), "tệp nén bị đứt: đã dừng\nkhông có quyền truy cập", "the packed file breaks off: context canceled\npermission denied"},
		{errors.New("unknown"), "unknown", "unknown"},
	}
	for _, c := range cases {
		if got := say.Text(c.err, "vi"); got != c.vi {
			t.Errorf("vi: %q, want %q", got, c.vi)
		}
		if got := say.Text(c.err, "en"); got != c.en {
			t.Errorf("en: %q, want %q", got, c.en)
		}
	}
	if !errors.Is(cut, context.Canceled) || errors.Is(cut, fs.ErrExist) {
		t.Error("what a sentence wraps is lost")
	}
}
