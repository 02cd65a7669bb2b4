package similarity

import "math"

// Digits compares two numbers written with the same count of digits, as a clerk
// copies them: how many places differ, 3 for three and more, and whether swapping
// two neighbouring digits makes them equal.
func Digits(a, b uint64) (different int, swapped bool) {
	lastPlace, lastA, lastB := -2, uint64(0), uint64(0)
	for place := 0; a != b; place++ {
		da, db := a%10, b%10
		if da != db {
			if different++; different > 2 {
				return different, false
			}
			swapped = place == lastPlace+1 && da == lastB && db == lastA
			lastPlace, lastA, lastB = place, da, db
		}
		a, b = a/10, b/10
	}
	return different, swapped
}

// Relative returns |a-b| over the larger magnitude: 0 equal, 1 or more apart
// (2 at most, for opposite signs). A NaN on either side gives NaN.
func Relative(a, b float64) float64 {
	if a == b {
		return 0
	}
	return math.Abs(a-b) / max(math.Abs(a), math.Abs(b))
}

// Days returns the number of days from one calendar day to another, negative
// when the second is earlier, in the proleptic Gregorian calendar.
func Days(y1, m1, d1, y2, m2, d2 int) int {
	return dayNumber(y2, m2, d2) - dayNumber(y1, m1, d1)
}

// dayNumber counts days from 1 March of year 0, so the leap day ends the year.
func dayNumber(y, m, d int) int {
	if m <= 2 {
		y, m = y-1, m+12
	}
	era := y / 4
	if y < 0 {
		era = -((3 - y) / 4)
	}
	return 365*y + era - floorDiv(y, 100) + floorDiv(y, 400) + (153*(m-3)+2)/5 + d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
