package decode

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParser holds the parser against the standard library: it takes exactly
// the valid objects, and gives the same texts.
func FuzzParser(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"a": 1, "b": "x\"\u00e9\n", "c": [1, {"d": null}], "e": true}`, `{"a":-0.5e+7}`, `{"a":01}`, `{"a":1.}`, `{"a":"\ud83d\ude00\ud800x"}`,
		`{"a":1,}`, `{"a" 1}`, `[1]`, ` {"a":[[]]} `, `{"a":tru}`, `{"a":"`, `{"a":"\x"}`, `{"":{}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if bytes.ContainsFunc(text, func(r rune) bool { return r < ' ' }) || strings.Count(string(text), "[")+strings.Count(string(text), "{") > maxDepth {
			return // control characters have been taken out before, and depth is limited
		}
		got := map[string]string{}
		p := parser{text: text}
		ok := p.object(func(name, value []byte) { got[string(name)] = string(value) })
		var want map[string]json.RawMessage
		valid := json.Unmarshal(text, &want) == nil && want != nil
		if ok != valid {
			t.Fatalf("%q: %t, the standard library says %t", text, ok, valid)
		}
		if !ok || !utf8.Valid(text) || p.control || bytes.Contains(text, []byte(`\`)) {
			return
		}
		for name, raw := range want {
			var s string
			if json.Unmarshal(raw, &s) != nil {
				s = strings.TrimSpace(string(raw))
			}
			if got[name] != s {
				t.Fatalf("%q: member %q is %q, want %q", text, name, got[name], s)
			}
		}
	})
}

func TestParserDepth(t *testing.T) {
	for depth, want := range map[int]bool{maxDepth - 1: true, maxDepth + 2: false, 1 << 20: false} {
		text := `{"a":` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + `}`
		p := parser{text: []byte(text)}
		if got := p.object(func(_, _ []byte) {}); got != want {
			t.Errorf("depth %d: %t", depth, got)
		}
	}
}
