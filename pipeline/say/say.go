// Package say makes errors that speak two languages: Error is the English text,
// for logs and for those who search the web; Text gives the Vietnamese one to a
// person at the screen. Both stand side by side where the error is made, so
// that neither can be forgotten.
package say

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// Words are a sentence in both languages: formats of the same arguments.
type Words struct{ VI, EN string }

// In returns the words of a language; all but "en" is Vietnamese.
func (w Words) In(lang string) string {
	if lang == "en" {
		return w.EN
	}
	return w.VI
}

type sentence struct {
	words Words
	args  []any
}

// Errorf returns an error in both languages. The formats are those of
// fmt.Errorf and share args, which may be addressed by number where the order
// of words differs; arguments that are errors can be unwrapped.
func Errorf(vi, en string, args ...any) error {
	return &sentence{Words{vi, en}, args}
}

func (s *sentence) Error() string { return s.in("en") }

// in writes the sentence, and every error within it, in a language.
func (s *sentence) in(lang string) string {
	args := make([]any, len(s.args))
	for i, a := range s.args {
		args[i] = a
		switch a := a.(type) {
		case error:
			args[i] = Text(a, lang)
		case Words:
			args[i] = a.In(lang)
		}
	}
	return fmt.Sprintf(strings.ReplaceAll(s.words.In(lang), "%w", "%v"), args...)
}

// Unwrap returns the errors among the arguments.
func (s *sentence) Unwrap() []error {
	var list []error
	for _, a := range s.args {
		if err, ok := a.(error); ok {
			list = append(list, err)
		}
	}
	return list
}

// A Speaker is an error of another package that knows both languages.
type Speaker interface{ In(lang string) string }

// causes are what operating systems say most, in Vietnamese.
var causes = []struct {
	err error
	vi  string
}{
	{fs.ErrNotExist, "không có tệp hoặc thư mục này"},
	{fs.ErrPermission, "không có quyền truy cập"},
	{syscall.ENOSPC, "đĩa đã đầy"},
	{syscall.EROFS, "ổ đĩa chỉ cho đọc"},
	{syscall.EISDIR, "đây là thư mục"},
	{syscall.ENOTDIR, "đây không phải thư mục"},
	{syscall.EIO, "ổ đĩa bị lỗi"},
	{context.Canceled, "đã dừng"},
}

// Text returns what an error says in a language: "en", else Vietnamese as far
// as it is known.
func Text(err error, lang string) string {
	if lang == "en" {
		return err.Error()
	}
	switch e := err.(type) {
	case *sentence:
		return e.in(lang)
	case Speaker:
		return e.In(lang)
	case *fs.PathError:
		return e.Path + ": " + Text(e.Err, lang)
	case interface{ Unwrap() []error }:
		var b strings.Builder
		for i, one := range e.Unwrap() {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(Text(one, lang))
		}
		if joined := errors.Join(e.Unwrap()...); joined != nil && joined.Error() == err.Error() {
			return b.String()
		}
	}
	for _, c := range causes {
		if errors.Unwrap(err) == nil && errors.Is(err, c.err) {
			return c.vi
		}
	}
	return around(err, lang)
}

// around gives the part of an error that is wrapped in the language, with the
// words around it as they are: "--model: <cause>".
func around(err error, lang string) string {
	inner := errors.Unwrap(err)
	if inner == nil {
		return err.Error()
	}
	text := err.Error()
	if before, after, ok := strings.Cut(text, inner.Error()); ok && inner.Error() != "" {
		return before + Text(inner, lang) + after
	}
	return text
}
