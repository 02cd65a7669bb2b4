package recordtype

import (
	"errors"
	"fmt"
	"strings"
)

// An Error says what is wrong at a place of a file, and what to do.
type Error struct {
	File string
	Place
	Text string
}

// Error returns "file:line:column: text".
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Text)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Text)
}

// Errorf returns an error at a place of the type's file.
func (t *Type) Errorf(at Place, format string, args ...any) *Error {
	return &Error{t.File, at, fmt.Sprintf(format, args...)}
}

// most is how many errors are told at once.
const most = 20

// join makes one error of several, a line each.
func join(list []*Error) error {
	if len(list) == 0 {
		return nil
	}
	var errs []error
	for i, e := range list {
		if i == most {
			errs = append(errs, fmt.Errorf("%s: and %d more", e.File, len(list)-most))
			break
		}
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// oneOf lists words for an error: "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
