package normalize

import (
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/tables"
)

// spellings calls f with every legal spelling: each toneless syllable, in each
// tone it takes, in the old and the new style.
func spellings(f func(old, new string)) {
	for _, onset := range onsetText {
		for c := range tables.Rows(tables.Rimes, 6) {
			for _, text := range joinRime(onset, c[0]) {
				w := ParseWord([]byte(text))
				o, n, r := spell(w.Base, w.Marks)
				if r == nil {
					continue
				}
				_ = o
				for tone := range 6 {
					if r.checked && tone != 2 && tone != 5 {
						continue
					}
					f(withTone(text, int(n+r.old), tone), withTone(text, int(n+r.new), tone))
				}
			}
		}
	}
}

// joinRime spells an onset and a rime; only gi has two ways to meet one.
func joinRime(onset, rime string) []string {
	if onset == "gi" && strings.HasPrefix(rime, "i") {
		return []string{"g" + rime}
	}
	return []string{onset + rime}
}

func withTone(text string, at, tone int) string {
	runes := []rune(text)
	l := letterOf(runes[at])
	runes[at] = compose(l.base(), l.shape(), uint32(tone), l.upper())
	return string(runes)
}

func TestEverySpellingIsOneSyllable(t *testing.T) {
	seen := map[string]bool{}
	numbers := map[Syllable]string{}
	spellings(func(old, new string) {
		a, b := ParseWord([]byte(old)), ParseWord([]byte(new))
		if !a.Valid() || a != b {
			t.Errorf("%s and %s: %v %v", old, new, a, b)
		}
		if was, ok := numbers[a.Syllable()]; ok && was != old {
			t.Errorf("%s and %s have one number", was, old)
		}
		numbers[a.Syllable()] = old
		seen[old], seen[new] = true, true
	})
	// 17,849 is what the rules give when gịa and gịu are counted besides giạ
	// and giụ: ten more.
	if got := len(seen); got != 17839 {
		t.Errorf("the rules give %d spellings, want 17839", got)
	}
}
