package compare

import "github.com/dusach/dusach/matchers/similarity"

// Nearest returns the one of some names that a misspelt one most likely means,
// "" if none is near.
func Nearest(name string, among []string) string {
	best, least := "", len(name)/3+2
	for _, c := range among {
		if d := similarity.OSA([]byte(name), []byte(c)); d < least {
			best, least = c, d
		}
	}
	return best
}
