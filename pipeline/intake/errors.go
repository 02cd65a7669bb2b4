package intake

import "fmt"

// A FileError says that a file, or the rest of it, could not be read. It does
// not end the run unless Options.Strict is set.
type FileError struct {
	Path     string
	Position int64  // line or row at which reading stopped; 0 if it never began
	Advice   string // what to do, an imperative sentence without its full stop
	Err      error
}

func (e *FileError) Error() string {
	where := ""
	if e.Position > 0 {
		where = fmt.Sprintf(" after line or row %d", e.Position)
	}
	return fmt.Sprintf("reading %s%s: %v; %s", e.Path, where, e.Err, e.Advice)
}

// Unwrap returns the cause.
func (e *FileError) Unwrap() error { return e.Err }

// unreadable is a cause together with what to do about it.
type unreadable struct {
	err    error
	advice string
}

func (u *unreadable) Error() string { return u.err.Error() }
func (u *unreadable) Unwrap() error { return u.err }

func refuse(advice, format string, args ...any) error {
	return &unreadable{fmt.Errorf(format, args...), advice}
}
