//go:build !amd64

package similarity

// vectors says that there are no vector kernels.
var vectors = false

func (g *group) walk(rows []byte, d *[4]uint64, swaps bool) { g.walkWords(rows, d, swaps) }
