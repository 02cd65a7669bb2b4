package normalize

import "unicode/utf8"

// maxVoid is longer, in bytes, than any text that says there is no value.
const maxVoid = 32

// IsVoid reports whether a cell says that there is no value: nothing but
// punctuation (-, …, //), or words for none, unknown and not yet: "Không có",
// "chưa cấp", "N/A", "NULL". Text that holds a digit is a value.
//
// Where none is itself an answer, as for a religion, ask the field's Parse
// function first.
func IsVoid(text []byte) bool {
	if len(text) > maxVoid {
		return false
	}
	if len(text) > 0 {
		switch c := text[0] | 0x20; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z' && c != 'k' && c != 'c' && c != 'n' && c != 'd' && c != 'b' && c != 'u' && c != 'x':
			return false // no such text begins so: most values are told apart here
		}
	}
	var buf [3*maxVoid + 8]byte
	f := AppendFold(buf[:0], text)
	if len(f) == 0 {
		return !holdsLetter(text)
	}
	switch string(f) {
	case "khong":
		return unmarkedOr(ParseWord(text), wordNone) // Khổng is a surname
	case "chua":
		return unmarkedOr(ParseWord(text), wordNotYet) // Chúa is God, chùa a pagoda
	}
	return saysNone(f) || saysUnknown(f)
}

var wordNone, wordNotYet = ParseWord([]byte("không")), ParseWord([]byte("chưa"))

// unmarkedOr reports whether w is word or its letters without any mark.
func unmarkedOr(w, word Word) bool { return w.Bare() || SameSyllable(w, word) }

// holdsLetter reports whether text that folds to nothing was written in letters
// of another script.
func holdsLetter(text []byte) bool {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if n == 1 && r == utf8.RuneError || n > 1 && foreignLetter(r) {
			return true
		}
		i += n
	}
	return false
}

// saysNone reports whether folded text says that there is no such thing.
func saysNone(f []byte) bool {
	switch string(f) {
	case "khong", "khong co", "ko", "ko co", "k", "k co", "none":
		return true
	}
	return false
}

// saysUnknown reports whether folded text says that a value is not known, not
// given or not there yet.
func saysUnknown(f []byte) bool {
	switch f[0] {
	case 'k':
		switch string(f) {
		case "khong ro", "ko ro", "k ro", "khong biet", "ko biet", "k biet", "khong nho", "ko nho", "k nho", "khong khai", "khong xac dinh",
			"khong co so", "khong so", "khong co thong tin", "khong thong tin", "kxd", "ktt", "kr", "khuyet":
			return true
		}
	case 'c':
		switch string(f) {
		case "chua co", "chua ro", "chua cap", "chua duoc cap", "chua biet", "chua xac dinh", "chua khai", "chua cap nhat", "chua co so",
			"chua lam", "chua nhap", "chua co thong tin", "chua dien", "c co", "c ro":
			return true
		}
	case 'n':
		switch string(f) {
		case "n a", "na", "nil", "null", "nan", "nt", "nhu tren":
			return true
		}
	case 'd', 'b':
		return string(f) == "de trong" || string(f) == "bo trong"
	case 'u':
		return string(f) == "unknown"
	case 'x':
		return len(f) <= 4 && string(f) == "xxxx"[:len(f)]
	}
	return false
}

// minThingDigits is how many digits the number of a book or file has at least.
const minThingDigits = 4

// NamesThing reports whether a text can be the number of one book or file
// among many: it has four digits at least, and not all the same.
func NamesThing(text []byte) bool {
	n, same := 0, true
	var first byte
	for _, c := range text {
		if !digit(c) {
			continue
		}
		if n == 0 {
			first = c
		}
		same = same && c == first
		n++
	}
	return n >= minThingDigits && !same
}
