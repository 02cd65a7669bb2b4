//go:build !amd64

package similarity

// vectors says that there are no vector kernels.
var vectors = false

func (g *group) edits(rows []byte, d *[4]uint64, swaps bool) {
	*d = g.sizes
	g.editsWords(rows, d, swaps)
}

func (g *group) subsequence(rows []byte, d *[4]uint64) {
	*d = g.rows
	g.subsequenceWords(rows, d)
	g.countGrown(d)
}

func (g *group) give(rows []byte, l *jaroLanes, missed *jaroNotes) { g.giveWords(rows, l, missed) }

func jaroFound(a, b []byte) (pairFound, bool) { return 0, false }

func damerauDiagonals(a, reversed *byte, n int, last *byte) {
	panic("BUG: there are no vector kernels")
}
