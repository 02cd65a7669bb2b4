package intake

import (
	"errors"

	"github.com/dusach/dusach/pipeline/say"
)

// A FileError says that a file, or the rest of it, could not be read. It does
// not end the run unless Options.Strict is set.
type FileError struct {
	Path     string
	Position int64     // line or row at which reading stopped; 0 if it never began
	Advice   say.Words // what to do, an imperative sentence without its full stop
	Err      error
}

func (e *FileError) Error() string { return e.In("en") }

// In returns the error in a language, "vi" or "en".
func (e *FileError) In(lang string) string {
	err := say.Errorf("không đọc được %s: %w; %s", "reading %s: %w; %s", e.Path, e.Err, e.Advice)
	if e.Position > 0 {
		err = say.Errorf("không đọc được %s từ sau dòng %d: %w; %s", "reading %s after line or row %d: %w; %s",
			e.Path, e.Position, e.Err, e.Advice)
	}
	return say.Text(err, lang)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// unreadable is a cause together with what to do about it.
type unreadable struct {
	error
	advice say.Words
}

func (u *unreadable) Unwrap() error { return u.error }

// In returns the cause in a language.
func (u *unreadable) In(lang string) string { return say.Text(u.error, lang) }

// refuse joins a cause with what to do about it.
func refuse(cause error, advice say.Words) error { return &unreadable{cause, advice} }

// adviceFor returns what to do about an error.
func adviceFor(err error) say.Words {
	if u := (*unreadable)(nil); errors.As(err, &u) {
		return u.advice
	}
	return sendAgain
}

// What is advised more than once.
var (
	sendAgain   = say.Words{VI: "hãy gửi lại: tệp bị hỏng", EN: "send it again: it is damaged"}
	sendOrLeave = say.Words{VI: "hãy gửi lại, hoặc bỏ ra", EN: "send it again, or leave it out"}
	saveAgain   = say.Words{VI: "hãy mở ra và lưu lại dạng .xlsx", EN: "open it and save it again as .xlsx"}
)
