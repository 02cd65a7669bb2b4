package library

import (
	"strings"
	"testing"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
)

// key packs a name as written, words by spaces, the last word given.
func key(s string) *normalize.NameKey {
	k := new(normalize.NameKey)
	bare := true
	start := 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == ' ' {
			if i > start {
				w := normalize.ParseWord([]byte(s[start:i]))
				if s[i-1] == '.' {
					w = normalize.ParseWord([]byte(s[start : i-1]))
					w.Marks |= normalize.WordInitial
				}
				k.Base[k.N], k.Marks[k.N] = w.Base, w.Marks
				bare = bare && w.Bare()
				k.N++
			}
			start = i + 1
		}
	}
	if bare {
		k.Flags |= normalize.NameBare
	}
	if k.N > 0 {
		k.Given = k.N - 1
		k.Surname = min(1, k.N-1)
	}
	prefix := uint8(0)
	if strings.HasPrefix(s, "Y ") {
		prefix = 1
	}
	if (prefix == 1 || strings.HasPrefix(s, "H'")) && k.N > prefix+1 {
		k.Flags |= normalize.NameSurnameLast
		k.Given, k.Surname = prefix, k.N-prefix-1
	}
	return k
}

var sink matchers.Level

func BenchmarkFullName(b *testing.B) {
	run := func(name string, x, y *normalize.NameKey) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink += FullName(x, y)
			}
		})
	}
	run("equal", key("Nguyễn Thị Hương Giang"), key("Nguyễn Thị Hương Giang"))
	run("bare", key("Nguyễn Thị Hương Giang"), key("Nguyen Thi Huong Giang"))
	run("sibling", key("Nguyễn Thị Hương"), key("Nguyễn Thị Hạnh"))
	run("strangers", key("Nguyễn Văn Đức"), key("Trần Thị Mai"))
	run("namesake", key("Nguyễn Văn Đức"), key("Trần Minh Đức"))
	run("shortened", key("Nguyễn Thị Hương Giang"), key("Nguyễn Hương Giang"))
	run("slip", key("Nguyễn Quốc Khánh"), key("Nguyễn Quốc Khánj"))
	run("reordered", key("Nguyễn Quốc Khánh"), key("Khánh Nguyễn Quốc"))
}
