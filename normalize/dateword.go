package normalize

import "slices"

// Dates in words: "ngày hai mươi tháng mười năm một chín tám lăm". A cell that
// holds tháng or năm and is no date in digits is read as words: what stands
// before tháng is the day, between tháng and năm the month, after năm the year.

const maxDateTokens = 24

// A dateToken is one word of such a cell.
type dateToken struct {
	word  dateWord
	value uint32 // of digits, or of a word for a number
	size  uint8  // digits
}

type dateWord uint8

const (
	tokenOther dateWord = iota
	tokenDigits
	tokenUnit // một … chín, không
	tokenTen  // mười, mươi, chục
	tokenHundred
	tokenThousand
	tokenAnd // linh, lẻ
	tokenTwenty
	tokenFull // rằm: the fifteenth, by the moon
	tokenDay
	tokenMonth
	tokenYear // năm, which is five as well
	tokenFirst
	tokenLast // giêng and chạp
	tokenLunar
	tokenNoise
)

// wordedDate reads a cell in words; ok is false if it is none.
func wordedDate(s []byte) (y, m, d datePart, lunar, ok bool) {
	var list [maxDateTokens]dateToken
	n := 0
	for i := 0; i < len(s); {
		size := dateTokenLen(s[i:])
		if size == 0 {
			i++
			continue
		}
		t := dateTokenOf(s[i : i+size])
		i += size
		switch {
		case t.word == tokenNoise:
		case t.word == tokenLunar:
			lunar = true
		case t.word == tokenOther || n == len(list):
			return y, m, d, false, false
		default:
			list[n] = t
			n++
		}
	}
	words := list[:n]
	month := slices.IndexFunc(words, func(t dateToken) bool { return t.word == tokenMonth })
	year := yearAt(words, month+1)
	if year < 0 && month < 0 {
		return y, m, d, false, false
	}
	end := n
	if last := n - 1; year < 0 && last > month+1 && words[last].word == tokenDigits && words[last].size == 4 {
		y = datePart{value: words[last].value, digits: 4} // 1 tháng hai 1985
		end, year = last, last
	} else if year >= 0 {
		if y, ok = yearInWords(words[year+1 : n]); !ok {
			return y, m, d, false, false
		}
		end = year
	}
	if month < 0 {
		return y, m, d, lunar, end == 0
	}
	if m, ok = numberInWords(words[month+1 : end]); !ok {
		return y, m, d, false, false
	}
	day := words[:month]
	for len(day) > 0 && day[0].word == tokenDay {
		day = day[1:]
	}
	for _, t := range day {
		lunar = lunar || t.word == tokenFull
	}
	d, ok = numberInWords(day)
	return y, m, d, lunar, ok && year >= 0
}

// yearAt returns where the năm stands that the year follows, from a place on; -1
// if there is none. In tháng năm năm 1985 the first is a number.
func yearAt(words []dateToken, from int) int {
	for i := from; i < len(words); i++ {
		if words[i].word != tokenYear {
			continue
		}
		if i == from && i+1 < len(words) && words[i+1].word == tokenYear {
			return i + 1
		}
		return i
	}
	return -1
}

// dateTokenLen returns the length of the run of letters and digits at the head
// of s.
func dateTokenLen(s []byte) int {
	i := 0
	for i < len(s) {
		if digit(s[i]) {
			i++
			continue
		}
		n := wordLen(s[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

var dateUnits = [...]struct {
	text  string
	value uint32
}{{"mot", 1}, {"hai", 2}, {"ba", 3}, {"bon", 4}, {"tu", 4}, {"lam", 5}, {"nham", 5}, {"sau", 6}, {"bay", 7}, {"bai", 7}, {"tam", 8}, {"chin", 9}, {"khong", 0}}

func dateTokenOf(s []byte) dateToken {
	var buf [64]byte
	if len(s) > 24 {
		return dateToken{}
	}
	f := AppendFold(buf[:0], s)
	switch string(f) {
	case "ngay", "mung", "mong", "hom", "ngaysinh":
		return dateToken{word: tokenDay}
	case "thang", "thg", "thnag":
		return dateToken{word: tokenMonth}
	case "nam":
		return dateToken{word: tokenYear, value: 5}
	case "gieng":
		return dateToken{word: tokenFirst, value: 1}
	case "chap":
		return dateToken{word: tokenLast, value: 12}
	case "muoi", "chuc":
		return dateToken{word: tokenTen}
	case "ham":
		return dateToken{word: tokenTwenty}
	case "ram":
		return dateToken{word: tokenFull, value: 15}
	case "tram":
		return dateToken{word: tokenHundred}
	case "nghin", "ngan":
		return dateToken{word: tokenThousand}
	case "linh", "le":
		return dateToken{word: tokenAnd}
	case "am", "al":
		return dateToken{word: tokenLunar}
	case "sinh", "lich", "duong", "dl", "ns", "vao", "va":
		return dateToken{word: tokenNoise}
	}
	for _, u := range dateUnits {
		if string(f) == u.text {
			return dateToken{word: tokenUnit, value: u.value}
		}
	}
	if len(s) <= 4 && readsAsDigits(s) {
		v, size := numberOf(s)
		return dateToken{word: tokenDigits, value: v, size: size}
	}
	switch {
	case nearWord(f, "thang"):
		return dateToken{word: tokenMonth}
	case nearWord(f, "ngay"):
		return dateToken{word: tokenDay}
	}
	return dateToken{}
}

// readsAsDigits reports whether a word is digits and letters misread for them.
func readsAsDigits(s []byte) bool {
	for _, c := range s {
		if !digit(c) && misread(c) < 0 {
			return false
		}
	}
	return true
}

// nearWord reports whether a word is word with one letter lost or changed.
func nearWord(f []byte, word string) bool {
	if len(f) == 0 || len(f) > len(word) || f[0] != word[0] {
		return false
	}
	i := 0
	for i < len(f) && f[i] == word[i] {
		i++
	}
	if len(f) == len(word) {
		return i < len(f) && string(f[i+1:]) == word[i+1:]
	}
	return len(f) == len(word)-1 && len(f) >= 4 && string(f[i:]) == word[i+1:]
}

// numberInWords reads a day or a month; nothing is 0, unknown.
func numberInWords(w []dateToken) (p datePart, ok bool) {
	p.month = true
	v, used := smallNumber(w)
	if len(w) == 2 && used == 1 && w[0].word == tokenUnit && (v == 2 || v == 3) && w[1].word == tokenUnit {
		v, used = 10*v+w[1].value, 2 // hai mốt, as it is spoken
	}
	if used != len(w) {
		return p, false
	}
	p.value, p.digits = v, 2
	return p, true
}

// smallNumber reads a number below a hundred at the head of w, and how many
// words it has.
func smallNumber(w []dateToken) (v uint32, used int) {
	if len(w) == 0 {
		return 0, 0
	}
	unit := func(i int) (uint32, int) {
		if i < len(w) && (w[i].word == tokenUnit && w[i].value > 0 || w[i].word == tokenYear) {
			return w[i].value, 1
		}
		return 0, 0
	}
	switch w[0].word {
	case tokenDigits, tokenFull, tokenFirst, tokenLast:
		return w[0].value, 1
	case tokenTen:
		u, k := unit(1)
		return 10 + u, 1 + k
	case tokenTwenty:
		u, k := unit(1)
		return 20 + u, 1 + k
	case tokenUnit, tokenYear:
		if len(w) > 1 && w[1].word == tokenTen {
			u, k := unit(2)
			return 10*w[0].value + u, 2 + k
		}
		return w[0].value, 1
	}
	return 0, 0
}

// yearInWords reads a year: 1985, một nghìn chín trăm tám mươi lăm, hai nghìn
// không trăm linh năm, digit by digit một chín tám lăm, or its last two digits.
func yearInWords(w []dateToken) (p datePart, ok bool) {
	if len(w) == 1 && w[0].word == tokenDigits {
		return datePart{value: w[0].value, digits: w[0].size}, true
	}
	p.digits = 4
	if len(w) > 1 && w[1].word == tokenThousand && w[0].word == tokenUnit {
		v := 1000 * w[0].value
		w = w[2:]
		if len(w) > 1 && w[1].word == tokenHundred && (w[0].word == tokenUnit || w[0].word == tokenYear) {
			v += 100 * w[0].value
			w = w[2:]
		}
		if len(w) > 1 && w[0].word == tokenAnd {
			w = w[1:]
		}
		rest, used := smallNumber(w)
		p.value = v + rest
		return p, used == len(w)
	}
	if len(w) == 4 {
		for i, t := range w {
			switch {
			case t.word == tokenUnit || t.word == tokenYear:
				p.value = 10*p.value + t.value
			case i == 3 && t.word == tokenTen: // một chín chín mươi
				p.value *= 10
			default:
				return p, false
			}
		}
		return p, true
	}
	if len(w) == 5 && w[0].word == tokenUnit && w[1].word == tokenUnit && w[3].word == tokenTen { // một chín tám mươi lăm
		rest, used := smallNumber(w[2:])
		p.value = 1000*w[0].value + 100*w[1].value + rest
		return p, used == 3
	}
	if v, used := smallNumber(w); used == len(w) && used > 1 {
		return datePart{value: v, digits: 2}, true // tám mươi lăm
	}
	if len(w) == 2 && w[0].word == tokenUnit && (w[1].word == tokenUnit || w[1].word == tokenYear) {
		return datePart{value: 10*w[0].value + w[1].value, digits: 2}, true // tám lăm
	}
	return p, false
}
