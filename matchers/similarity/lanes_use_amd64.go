package similarity

import "golang.org/x/sys/cpu"

// vectors says whether the vector kernels can run here.
var vectors = cpu.X86.HasAVX2

// walk computes the distances of a text, as rows of masks, to the patterns of the
// group: d holds their lengths and then the distances. There is one row at least.
func (g *group) walk(rows []byte, d *[4]uint64, swaps bool) {
	if !vectors {
		g.walkWords(rows, d, swaps)
		return
	}
	switch {
	case swaps && g.wide:
		osa32(&g.masks[0][0], &rows[0], len(rows), &g.rows[0], &d[0])
	case swaps:
		osa16(&g.masks[0][0], &rows[0], len(rows), &g.rows[0], &d[0])
	case g.wide:
		levenshtein32(&g.masks[0][0], &rows[0], len(rows), &g.rows[0], &d[0])
	default:
		levenshtein16(&g.masks[0][0], &rows[0], len(rows), &g.rows[0], &d[0])
	}
}
