package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/dusach/dusach/normalize"
)

// tasks in the order in which they are printed.
var tasks = []string{"fold", "clean", "tone, old style", "tone, new style", "legacy encoding", "typing residue"}

// A tool does some tasks. The result is valid until the next call.
type tool struct {
	name string
	do   map[string]func(in []byte, kind string) []byte
}

// dusach is the package under test.
func dusach() tool {
	var buf []byte
	var d normalize.Detector
	call := func(f func(dst, src []byte) []byte) func([]byte, string) []byte {
		return func(in []byte, _ string) []byte {
			buf = f(buf[:0], in)
			return buf
		}
	}
	return tool{"dusach/normalize", map[string]func([]byte, string) []byte{
		"fold":            call(normalize.AppendFold),
		"clean":           call(normalize.AppendClean),
		"tone, old style": call(normalize.AppendTonePlaced),
		"tone, new style": call(normalize.AppendToneNewStyle),
		"legacy encoding": call(func(dst, src []byte) []byte { return detected(&d, dst, src) }),
		"typing residue": call(func(dst, src []byte) []byte {
			dst, _ = normalize.AppendUntyped(dst, src)
			return dst
		}),
	}}
}

// xtext is golang.org/x/text as answers on the web use it. It is told which
// texts are Windows-1258, the only one of the old encodings that it knows.
func xtext() tool {
	fold := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	return tool{"golang.org/x/text", map[string]func([]byte, string) []byte{
		"fold": func(in []byte, _ string) []byte {
			out, _, err := transform.String(fold, strings.ToLower(string(in)))
			if err != nil {
				return nil
			}
			return []byte(out)
		},
		"clean": func(in []byte, _ string) []byte { return norm.NFC.Bytes(in) },
		"legacy encoding": func(in []byte, kind string) []byte {
			if kind != "cp1258" {
				return in
			}
			out, err := charmap.Windows1258.NewDecoder().Bytes(in)
			if err != nil {
				return nil
			}
			return norm.NFC.Bytes(out)
		},
	}}
}
