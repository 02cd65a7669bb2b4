package normalize

import (
	"bytes"

	"github.com/dusach/dusach/normalize/reason"
)

// joinLetters joins a text of single letters, which is how a printed form with a box a
// letter comes out of a PDF (N G U Y Ễ N  V Ă N); other texts it returns as they are.
// What was joined is one word, which is then parted like any glued one.
func (n *Name) joinLetters(text []byte) []byte {
	if len(text) < 9 || len(text) > 160 {
		return text
	}
	n.typed = n.typed[:0]
	letters := 0
	for i := 0; i < len(text); {
		l, k := letterAt(text[i:])
		if l == 0 || i+k < len(text) && text[i+k] != ' ' {
			return text
		}
		n.typed = append(n.typed, text[i:i+k]...)
		letters++
		for i += k; i < len(text) && text[i] == ' '; i++ {
		}
	}
	if letters < 5 {
		return text
	}
	n.taken = true
	n.clean = append(n.clean[:0], n.typed...)
	return n.clean
}

// joinPieces joins two words of n.plain that are the pieces of one: the first or the second
// is no word without the other (Th ị, Hoà ng, V ăn), and together they are known.
func (n *Name) joinPieces() {
	if n.ethnic > ethnicKinh {
		return
	}
	for i := 0; i < len(n.plain); {
		a := wordLen(n.plain[i:])
		if a == 0 {
			i++
			continue
		}
		next := i + a
		if next+1 < len(n.plain) && n.plain[next] == ' ' {
			if b := wordLen(n.plain[next+1:]); b > 0 && arePieces(n.plain[i:next], n.plain[next+1:next+1+b]) {
				n.plain = append(n.plain[:next], n.plain[next+1:]...)
				n.Codes.Add(reason.NamePunct)
				continue // with a third piece
			}
		}
		i = next
	}
}

// arePieces reports whether two words are surely one: written on in small letters behind a
// capital, or without a vowel, with a second half that is no word of names.
func arePieces(a, b []byte) bool {
	if len(a)+len(b) > 16 || len(b) == 1 && len(a) == 1 {
		return false
	}
	la, _ := letterAt(a)
	lb, _ := letterAt(b)
	wa, wb := ParseWord(a), ParseWord(b)
	if la == 0 || lb == 0 || known(wb) || isClanWord(wb) || known(wa) && bareLegal(wb.Base) {
		return false
	}
	small := la.upper() && !lb.upper()
	headless := len(a) > 1 && initial(a) && !wb.Bare()
	if !small && !headless || !initial(a) && !initial(b) {
		return false
	}
	var buf [16]byte
	whole := ParseWord(append(append(buf[:0], a...), b...))
	return known(whole) && !bytes.Equal(a, b)
}
