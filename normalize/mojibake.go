package normalize

import "unicode/utf8"

// appendUnmojibake undoes UTF-8 that was read as CP1252 or Latin-1. Windows has
// no character for the bytes 81 8D 8F 90 9D, so some sequences arrive without
// their last byte: where only one Vietnamese letter, or one that makes a legal
// syllable, can have been meant, it is put back.
func appendUnmojibake(dst, src []byte) []byte {
	for i := 0; i < len(src); {
		if src[i] < utf8.RuneSelf {
			dst = append(dst, src[i])
			i++
			continue
		}
		var seq [utf8.UTFMax]byte
		have, used, want := gather(&seq, src[i:])
		switch {
		case want > 0 && have == want && utf8.Valid(seq[:have]):
			dst = append(dst, seq[:have]...)
			i += used
		case want > 1 && have < want:
			if r, n := lostLetter(seq[:have], src[i+used:], wordTail(dst)); r != 0 {
				dst = utf8.AppendRune(dst, r)
				i += used + n
				continue
			}
			fallthrough
		default:
			_, n := utf8.DecodeRune(src[i:])
			dst = append(dst, src[i:i+n]...)
			i += n
		}
	}
	return dst
}

// gather reads the bytes of one UTF-8 sequence out of the view at the head of
// src: how many it got, how long they are in src, how many there should be.
func gather(seq *[utf8.UTFMax]byte, src []byte) (have, used, want int) {
	b, n, ok := viewByte(src, false)
	switch {
	case !ok || b < 0xC2 || b > 0xF4:
		return 0, 0, 0
	case b < 0xE0:
		want = 2
	case b < 0xF0:
		want = 3
	default:
		want = 4
	}
	seq[0] = b
	have, used = 1, n
	for have < want && used < len(src) {
		b, n, ok := viewByte(src[used:], false)
		if !ok || b < 0x80 || b > 0xBF {
			break
		}
		seq[have] = b
		have++
		used += n
	}
	return have, used, want
}

// lostLetter guesses the letter of a sequence whose last byte is gone, from
// what follows it; n is how much of that belongs to the letter (a space that
// was a no-break space, A0).
func lostLetter(seq, rest, before []byte) (r rune, n int) {
	if m := lostMark(rest); m > 0 {
		r, _ = lostMarked(seq, rest[m:], before)
		return r, m
	}
	switch {
	case len(seq) == 1 && seq[0] == 0xC4:
		if len(before) == 0 {
			return 'Đ', 0
		}
		return legalGuess(before, rest, "ăĩđ")
	case len(seq) == 1 && seq[0] == 0xC3:
		if len(rest) > 0 && rest[0] == ' ' && len(before) > 0 {
			return 'à', 0
		}
		return 0, 0
	case len(seq) == 1 && seq[0] == 0xC6:
		return 0, 0
	case len(seq) == 2 && seq[0] == 0xE1 && seq[1] == 0xBB:
		if r, n := legalGuess(before, rest, "ềờọỏỐ"); r != 0 {
			return r, n
		}
		return legalGuess(before, rest, "ễệểỆỄồốộổỗọớởỡợụủứừửữựịỉỳỷỹ") // … and its like may have been dropped since
	case len(seq) == 2 && seq[0] == 0xE1 && seq[1] == 0xBA:
		if len(rest) > 0 && rest[0] == ' ' {
			return 'Ạ', 1
		}
	}
	return 0, 0
}

// lostMark returns the length of the sign that some programs put in the place
// of a byte that they could not show: a question mark or U+FFFD.
func lostMark(s []byte) int {
	switch {
	case len(s) > 0 && s[0] == '?':
		return 1
	case len(s) > 2 && string(s[:3]) == "\uFFFD":
		return 3
	}
	return 0
}

// lostMarked guesses the letter whose last byte was 81, 8D, 8F, 90 or 9D.
func lostMarked(seq, rest, before []byte) (rune, int) {
	switch {
	case len(seq) == 1 && seq[0] == 0xC4:
		return 'Đ', 0
	case len(seq) == 1 && seq[0] == 0xC3:
		return legalGuess(before, rest, "ÁÍÝ")
	case len(seq) == 2 && seq[0] == 0xE1 && seq[1] == 0xBB:
		return legalGuess(before, rest, "ềờọỏỐ")
	}
	return 0, 0
}

// legalGuess returns the first of the letters that makes an attested syllable
// between what stands before and after it.
func legalGuess(before, rest []byte, letters string) (rune, int) {
	end := 0
	for end < len(rest) && asciiLetters[rest[end]&0x7F] != 0 && rest[end] < utf8.RuneSelf {
		end++
	}
	for _, r := range letters {
		var buf [64]byte
		w := append(buf[:0], before...)
		w = utf8.AppendRune(w, r)
		w = append(w, rest[:end]...)
		if s := ParseWord(w).Syllable(); s != 0 && attestedWeight(s, false) > 0.8 {
			return r, 0
		}
	}
	return 0, 0
}

// wordTail returns the last word of text, at most 32 bytes of it.
func wordTail(s []byte) []byte {
	i := len(s)
	for i > 0 && s[i-1] != ' ' && len(s)-i < 32 {
		i--
	}
	return s[i:]
}
