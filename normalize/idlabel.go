package normalize

// SplitIDs returns the numbers of a cell that holds several, the personal number of twelve digits
// first (first is what ParseID reads) and one more, such as the old card's beside it; second
// is empty where there is none. The texts are parts of raw.
func SplitIDs(raw []byte) (first, second []byte) {
	var whole [4][2]int // where the runs of nine or twelve digits lie
	n := 0
	for i := 0; i < len(raw) && n < len(whole); {
		end := i
		for end < len(raw) && digit(raw[end]) {
			end++
		}
		if k := end - i; k == 9 || k == 12 {
			whole[n] = [2]int{i, end}
			n++
		}
		i = max(end, i+1)
	}
	switch {
	case n < 2:
		return raw, nil
	case whole[0][1]-whole[0][0] == 9 && whole[1][1]-whole[1][0] == 12:
		whole[0], whole[1] = whole[1], whole[0]
	}
	first, second = raw[whole[0][0]:whole[0][1]], raw[whole[1][0]:whole[1][1]]
	if string(first) == string(second) {
		second = nil
	}
	return first, second
}

// number cuts the words around a number: "CCCD 001090012345 cấp ngày 1/1/2021".
func number(s []byte) []byte {
	from, digits := 0, 0
	for i := 0; i < len(s); {
		k := wordLen(s[i:])
		switch {
		case k > 0 && digits == 0 && label(s[i:i+k], s[i+k:]):
			from = i + k
		case k >= 3 && digits >= 7 && !allMisread(s[i:i+k]):
			return s[from:i]
		case digits >= 9 && (s[i] == '/' || s[i] == ';' || s[i] == ',' || s[i] == '('):
			return s[from:i]
		case digit(s[i]):
			digits++
		}
		i += max(k, 1)
	}
	return s[from:]
}

// label reports whether letters before a number name it (CCCD, Số ĐD, CC, ID)
// and are neither its misread head nor the letters of a passport or a card:
// a colon follows, or the number is whole without them.
func label(word, after []byte) bool {
	if i := firstNot(after, ' '); i < len(after) && after[i] == ':' {
		return true
	}
	k := len(word)
	switch n := leadingDigits(after); {
	case n == 9 || n == 12:
		return true
	case k == 1 || k == 2 && n == 13:
		return false
	default:
		return !allMisread(word) || n > 0 && n+k != 9 && n+k != 12
	}
}

func firstNot(s []byte, c byte) int {
	for i := range s {
		if s[i] != c {
			return i
		}
	}
	return len(s)
}

// leadingDigits counts the digits before the next word or other number, with the
// letters among them that look like digits.
func leadingDigits(s []byte) (n int) {
	for i := 0; i < len(s); {
		k := wordLen(s[i:])
		switch {
		case k >= 2, n >= 9 && (s[i] == '/' || s[i] == ';' || s[i] == ',' || s[i] == '('):
			return n
		case digit(s[i]), k == 1 && n > 0 && misread(s[i]) >= 0:
			n++
		}
		i += max(k, 1)
	}
	return n
}

func allMisread(s []byte) bool {
	for _, c := range s {
		if misread(c) < 0 {
			return false
		}
	}
	return true
}
