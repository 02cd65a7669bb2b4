//go:build ignore

package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain returns the letters and digits of s without marks and case.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case unicode.IsLetter(r), unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
