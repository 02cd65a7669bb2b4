package similarity

import "golang.org/x/sys/cpu"

// vectors says whether the vector kernels can run here.
var vectors = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// edits computes the distances of a text, as rows of masks, to the patterns of the
// group. There is one row at least.
func (g *group) edits(rows []byte, d *[4]uint64, swaps bool) {
	*d = g.sizes
	if !vectors {
		g.editsWords(rows, d, swaps)
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

// subsequence computes the lengths of the longest common subsequences.
func (g *group) subsequence(rows []byte, d *[4]uint64) {
	*d = g.rows
	switch {
	case !vectors:
		g.subsequenceWords(rows, d)
	case g.wide:
		lcs32(&g.masks[0][0], &rows[0], len(rows), &d[0])
	default:
		lcs16(&g.masks[0][0], &rows[0], len(rows), &d[0])
	}
	g.countGrown(d)
}

// give makes the two walks of Jaro.
func (g *group) give(rows []byte, l *jaroLanes, missed *jaroNotes) {
	switch {
	case !vectors:
		g.giveWords(rows, l, missed)
	case g.wide:
		jaro32(&g.masks[0][0], &rows[0], len(rows), &l.window[0], &missed[0][0])
	default:
		jaro16(&g.masks[0][0], &rows[0], len(rows), &l.window[0], &missed[0][0])
	}
}

// jaroFound compares two texts of 1 to pairText bytes; false where the kernel cannot.
func jaroFound(a, b []byte) (pairFound, bool) {
	if !vectors {
		return 0, false
	}
	found := jaroPair(&a[0], len(a), &b[0], len(b))
	return pairFound(found), found != 1<<64-1
}
