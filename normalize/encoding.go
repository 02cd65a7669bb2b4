package normalize

import "unicode/utf8"

// Encoding is how a text was encoded before it was read as Unicode.
type Encoding uint8

// The encodings. TCVN3H is TCVN3 in a capitals font (.VnTimeH): small letters
// are shown as capitals. Mojibake is UTF-8 read as CP1252, Mojibake2 the same
// twice over.
const (
	UTF8 Encoding = iota
	TCVN3
	TCVN3H
	VNI
	VISCII
	VPS
	CP1258
	Mojibake
	Mojibake2
	numEncodings
)

var encodingNames = [numEncodings]string{"utf-8", "tcvn3", "tcvn3h", "vni", "viscii", "vps", "cp1258", "mojibake", "mojibake2"}

// String returns the name used on the command line: "tcvn3".
func (e Encoding) String() string { return encodingNames[e] }

// ParseEncoding returns the encoding of a name, and whether there is one.
func ParseEncoding(name string) (Encoding, bool) {
	for e, n := range encodingNames {
		if n == name {
			return Encoding(e), true
		}
	}
	return UTF8, false
}

// AppendDecoded appends src with the encoding undone. src is either raw bytes
// (then it is no valid UTF-8) or their Latin-1 or CP1252 view as UTF-8:
// "NguyÔn V¨n §øc". Decode before AppendClean, which would take the soft
// hyphens and controls that some encodings use as letters.
//
// A field of which no byte could be such text, or whose words are right as
// they stand and would be spoilt, is copied: a form may mix fields.
func AppendDecoded(dst, src []byte, e Encoding) []byte {
	raw := !utf8.Valid(src)
	if e == UTF8 || !raw && !inView(src) {
		return append(dst, src...)
	}
	at := len(dst)
	dst = appendDecoded(dst, src, raw, e)
	if !raw {
		if stands(countWords(src, false, nil), countWords(dst[at:], false, nil)) {
			return append(dst[:at], src...)
		}
	}
	return dst
}

// stands reports whether a field is right as it is: all its words are legal,
// and decoding would make fewer of them so, or attested words unheard of
// (Công to Cơng).
func stands(was, now tally) bool {
	if was.words != was.valid || was.words == 0 {
		return false
	}
	attested := was.odd == 0 && was.weight >= 0.9*float32(was.words)
	return now.valid < was.valid || attested && now.weight < was.weight
}

func appendDecoded(dst, src []byte, raw bool, e Encoding) []byte {
	at := len(dst)
	switch e {
	case Mojibake:
		return appendUnmojibake(dst, src)
	case Mojibake2:
		dst = appendUnmojibake(dst, src)
		mid := len(dst)
		dst = appendUnmojibake(dst, dst[at:mid])
		return append(dst[:at], dst[mid:]...)
	case VNI:
		return appendUnVNIFont(dst, src, raw)
	}
	d := decoder{dst: dst, table: &legacy.single[e], encoding: e}
	for i := 0; i < len(src); {
		b, n, ok := viewByte(src[i:], raw)
		if ok {
			d.byte(b)
		} else {
			d.dst = append(d.dst, src[i:i+n]...)
			d.last = 0
		}
		i += n
	}
	switch e {
	case TCVN3:
		d.dst = raised(d.dst, at)
	case TCVN3H:
		raiseWord(d.dst[at:])
	}
	return d.dst
}

// viewByte returns the byte that the head of src shows and how long it is
// there; ok is false for a character that shows none.
func viewByte(src []byte, raw bool) (b byte, n int, ok bool) {
	if raw || src[0] < utf8.RuneSelf {
		return src[0], 1, true
	}
	r, n := utf8.DecodeRune(src)
	b, ok = byteOf(r)
	return b, n, ok
}

// inView reports whether src has a character outside ASCII and all its letters
// could be bytes seen through Latin-1 or CP1252.
func inView(src []byte) bool {
	any := false
	for i := 0; i < len(src); {
		if src[i] < utf8.RuneSelf {
			if src[i] < ' ' {
				any = true // VISCII and VPS put capitals on control bytes
			}
			i++
			continue
		}
		any = true
		r, n := utf8.DecodeRune(src[i:])
		if _, ok := byteOf(r); !ok && (r != utf8.RuneError || !opensSequence(src[:i])) {
			return false
		}
		i += n
	}
	return any
}

// opensSequence reports whether text ends in the view of a UTF-8 sequence that
// lacks its last byte: U+FFFD may stand in its place.
func opensSequence(text []byte) bool {
	switch r, _ := utf8.DecodeLastRune(text); r {
	case 'Ã', 'Ä', '»':
		return true
	}
	return false
}

// A decoder undoes the encodings of one letter a byte.
type decoder struct {
	dst      []byte
	table    *byteTable
	encoding Encoding
	last     letter // the letter at the end of dst, 0 if none
	at       int    // where it begins
}

func (d *decoder) byte(b byte) {
	r := d.table[b]
	if r == 0 {
		r = runeOf(b)
	}
	if d.encoding == CP1258 && legacy.mark[b] != 0 && d.last != 0 {
		_, tone, _ := markOf(legacy.mark[b])
		if c := compose(d.last.base(), d.last.shape(), tone, d.last.upper()); c != 0 {
			d.dst = utf8.AppendRune(d.dst[:d.at], c)
			d.last = letterOf(c)
			return
		}
	}
	l := letterOf(r)
	if (d.encoding == TCVN3 || d.encoding == TCVN3H) && joinsCapital(d.last, l) {
		r = compose(l.base(), l.shape(), l.tone(), true)
		d.dst = d.dst[:d.at]
	}
	d.last, d.at = letterOf(r), len(d.dst)
	d.dst = utf8.AppendRune(d.dst, r)
}

// joinsCapital reports whether a toned small letter only gives its tone to the
// capital before it, as some converters wrote capitals: "A" and "á" for "Á".
func joinsCapital(last, l letter) bool {
	return last.upper() && last.tone() == 0 && l != 0 && !l.upper() && l.tone() != 0 &&
		last&letterBits == l&letterBits
}

// appendUnVNIFont undoes VNI-Windows: a letter and a mark byte.
func appendUnVNIFont(dst, src []byte, raw bool) []byte {
	for i := 0; i < len(src); {
		b, n, ok := viewByte(src[i:], raw)
		if !ok {
			dst = append(dst, src[i:i+n]...)
			i += n
			continue
		}
		i += n
		if lead := legacy.lead[b]; lead != 0 && i < len(src) {
			if m, k, ok := viewByte(src[i:], raw); ok && m >= utf8.RuneSelf {
				if r := legacy.pair[lead-1][m]; r != 0 {
					dst = utf8.AppendRune(dst, r)
					i += k
					continue
				}
			}
		}
		r := legacy.single[VNI][b]
		if r == 0 {
			r = runeOf(b)
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
