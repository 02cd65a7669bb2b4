package similarity

// Damerau returns the Damerau–Levenshtein distance without restriction:
// Levenshtein where swapping two neighbours costs one and may be edited again,
// so "ca" to "abc" costs 2 (OSA: 3). It fills the whole matrix, by diagonals where
// vector registers hold them, else by the recurrence of Lowrance and Wagner, and
// costs the product of the lengths. It allocates beyond 4,096 cells.
func Damerau(a, b []byte) int {
	a, b = trim(a, b)
	if len(a) == 0 {
		return len(b)
	}
	if len(a) <= damerauRows && len(b) <= damerauColumns && vectors {
		return damerauLanes(a, b)
	}
	if len(b) <= damerauShort {
		return damerauSmall(a, b)
	}
	var room [blockText]int32
	cells := room[:]
	if n := (len(a) + 2) * (len(b) + 2); n > len(cells) {
		cells = make([]int32, n)
	}
	return damerau(a, b, cells)
}

// damerau keeps a border row and column of "too far" before row and column 0,
// so that a swap with nothing never wins.
func damerau(a, b []byte, cells []int32) int {
	width := len(b) + 2
	far := int32(len(a) + len(b) + 1)
	at := func(i, j int) *int32 { return &cells[(i+1)*width+j+1] }
	for i := -1; i <= len(a); i++ {
		*at(i, -1), *at(i, 0) = far, int32(max(i, 0))
	}
	for j := -1; j <= len(b); j++ {
		*at(-1, j), *at(0, j) = far, int32(max(j, 0))
	}
	*at(-1, 0), *at(0, -1) = far, far
	var lastRow [256]int // of a, 1-based, where a byte was last seen
	for i := 1; i <= len(a); i++ {
		lastCol := 0
		for j := 1; j <= len(b); j++ {
			k, l := lastRow[b[j-1]], lastCol
			cost := int32(1)
			if a[i-1] == b[j-1] {
				cost, lastCol = 0, j
			}
			swap := *at(k-1, l-1) + int32(i-k+j-l-1)
			*at(i, j) = min(*at(i-1, j)+1, *at(i, j-1)+1, *at(i-1, j-1)+cost, swap)
		}
		lastRow[a[i-1]] = i
	}
	return int(*at(len(a), len(b)))
}

// The rows and columns of the vector kernel.
const (
	damerauRows    = 15
	damerauColumns = 48
)

// damerauLanes lays two texts out for the vector kernel, of which the shorter has a
// byte a row. They are not empty.
func damerauLanes(a, b []byte) int {
	var rows, last [damerauRows + 1]byte
	var room [damerauRows + damerauColumns + damerauRows + 1]byte
	copy(rows[1:], a)
	diagonals := len(a) + len(b)
	for j, c := range b {
		room[diagonals-1-j] = c
	}
	damerauDiagonals(&rows[0], &room[diagonals-1], diagonals, &last[0])
	return int(last[len(a)])
}

// damerauShort is the longest text whose matrix fits a kilobyte.
const damerauShort = 30

// damerauSmall is damerau in bytes, for texts of damerauShort bytes at most: cell
// (i, j) stands at (i+1)×width + j+1, and what is too far is width × 2.
func damerauSmall(a, b []byte) int {
	const width = damerauShort + 2
	var cells [width * width]uint8
	for k := range width {
		cells[k], cells[k*width] = 2*width, 2*width
	}
	for k := 1; k < width; k++ {
		cells[width+k], cells[k*width+1] = uint8(k-1), uint8(k-1)
	}
	var lastRow [256]uint8
	for i, x := range a {
		above, row := cells[(i+1)*width:][:width], cells[(i+2)*width:][:width]
		lastCol := 0
		for j, y := range b[:min(len(b), damerauShort)] {
			k, l := int(lastRow[y]), lastCol
			d := min(above[j+2], row[j+1], above[j+1]) + 1
			if x == y {
				d, lastCol = min(above[j+1], d), j+1
			}
			row[j+2] = min(d, cells[(k*width+l)%len(cells)]+uint8(i-k+j-l+1))
		}
		lastRow[x] = uint8(i + 1)
	}
	return int(cells[(len(a)+1)*width+len(b)+1])
}
