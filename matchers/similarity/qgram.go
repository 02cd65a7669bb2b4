package similarity

import "slices"

// gramRoom is how many grams or tokens of one text fit on the stack.
const gramRoom = 256

// Dice returns the share of two-byte grams that both texts have, 0..1, counted
// with repeats. A text shorter than two bytes has no gram: equal texts give 1,
// others 0.
func Dice(a, b []byte) float64 {
	common, na, nb := commonGrams(a, b)
	if na+nb == 0 || na == 0 || nb == 0 {
		return equal(a, b)
	}
	return 2 * float64(common) / float64(na+nb)
}

// Jaccard returns common two-byte grams over all grams of both, with repeats.
func Jaccard(a, b []byte) float64 {
	common, na, nb := commonGrams(a, b)
	if na == 0 || nb == 0 {
		return equal(a, b)
	}
	return float64(common) / float64(na+nb-common)
}

func equal(a, b []byte) float64 {
	if string(a) == string(b) {
		return 1
	}
	return 0
}

func commonGrams(a, b []byte) (common, na, nb int) {
	var roomA, roomB [gramRoom]uint16
	ga, gb := grams(roomA[:0], a), grams(roomB[:0], b)
	return overlap(ga, gb), len(ga), len(gb)
}

// grams appends the sorted two-byte grams of a text.
func grams(dst []uint16, text []byte) []uint16 {
	for i := 1; i < len(text); i++ {
		dst = append(dst, uint16(text[i-1])<<8|uint16(text[i]))
	}
	sortGrams(dst)
	return dst
}

// sortGrams inserts, which beats the general sort at the length of a name.
func sortGrams(g []uint16) {
	if len(g) > 40 {
		slices.Sort(g)
		return
	}
	for i := 1; i < len(g); i++ {
		x, j := g[i], i
		for ; j > 0 && g[j-1] > x; j-- {
			g[j] = g[j-1]
		}
		g[j] = x
	}
}

// overlap counts what two sorted lists share, with repeats.
func overlap(a, b []uint16) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}
