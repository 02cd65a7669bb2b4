package similarity

// JaroWinklerAtLeast is JaroWinkler with a cut-off: 0 stands for every similarity
// below least. Texts whose lengths alone put them below are not looked at.
func JaroWinklerAtLeast(a, b []byte, least float64) float64 {
	if len(a) > 0 && mostSimilar(len(a), len(b)) < least {
		return 0
	}
	return orNothing(JaroWinkler(a, b), least)
}

// LCSAtLeast is LCS with a cut-off: 0 stands for every length below least.
func LCSAtLeast(a, b []byte, least int) int {
	if min(len(a), len(b)) < least {
		return 0
	}
	if n := LCS(a, b); n >= least {
		return n
	}
	return 0
}

// DamerauWithin is Damerau with a cut-off: limit+1 stands for every larger distance.
// It is two thirds of the optimal string alignment distance at least, for what a swap
// with g bytes in between costs here, g+1, costs g+2 there.
func DamerauWithin(a, b []byte, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	if osa := limit + limit/2; OSAWithin(a, b, osa) > osa {
		return limit + 1
	}
	return atMost(Damerau(a, b), limit)
}

// DiceAtLeast is Dice with a cut-off: 0 stands for every share below least.
func DiceAtLeast(a, b []byte, least float64) float64 {
	if na, nb := max(len(a)-1, 0), max(len(b)-1, 0); na > 0 && nb > 0 && diceShare(min(na, nb), na, nb) < least {
		return 0
	}
	return orNothing(Dice(a, b), least)
}

// JaccardAtLeast is Jaccard with a cut-off.
func JaccardAtLeast(a, b []byte, least float64) float64 {
	if na, nb := max(len(a)-1, 0), max(len(b)-1, 0); na > 0 && nb > 0 && jaccardShare(min(na, nb), na, nb) < least {
		return 0
	}
	return orNothing(Jaccard(a, b), least)
}

// TokenSetAtLeast is TokenSet with a cut-off.
func TokenSetAtLeast(a, b []byte, least float64) float64 {
	if na, nb := words(a), words(b); jaccardShare(min(na, nb), na, nb) < least {
		return 0
	}
	return orNothing(TokenSet(a, b), least)
}

// Relatives appends Relative of one number and each of many.
func Relatives(dst []float64, a float64, many []float64) []float64 {
	for _, b := range many {
		dst = append(dst, Relative(a, b))
	}
	return dst
}

// A Day is a calendar day as a number: days from 1 March of year 0, so that two are
// as far apart as their difference.
type Day int32

// DayOf returns the number of a day of the proleptic Gregorian calendar.
func DayOf(year, month, day int) Day { return Day(dayNumber(year, month, day)) }

// DaysWithin appends how many days, in either direction, lie between one day and
// each of many; limit+1 stands for more than limit.
func DaysWithin(dst []int, a Day, many []Day, limit int) []int {
	for _, b := range many {
		d := int(a) - int(b)
		dst = append(dst, atMost(max(d, -d), limit))
	}
	return dst
}

// DigitsAmong appends, for one number and each of many written with the same count
// of digits, how many places differ, 3 for three and more; two neighbours that are
// swapped count as one, as a clerk copies them.
func DigitsAmong(dst []int, a uint64, many []uint64) []int {
	for _, b := range many {
		n, swapped := Digits(a, b)
		if swapped {
			n = 1
		}
		dst = append(dst, n)
	}
	return dst
}
