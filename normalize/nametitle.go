package normalize

import (
	"bytes"

	"github.com/dusach/dusach/normalize/reason"
)

// titles are what stands before a name and is none: forms of address, ranks, degrees and
// offices, folded, of one to four words. A full stop or a slash within one is dropped first,
// so that Đ/c is dc and Th.S ths. Titles of one word that could begin a name are
// told apart by titled.
var titles = wordSet("dc|bs|bsck|bsi|ts|ths|gs|pgs|gsts|pgsts|ks|kts|ls|ds|cn|gv|lm|ht|dd|tt|sc|nnut|nsnd|nsut|vnah|o|ob|" +
	"dong chi|cu ong|cu ba|ong ba|ba cu|ong cu|chau be|em be|chau trai|chau gai|be trai|be gai|co giao|thay giao|nha giao|nha bao|nha van|" +
	"bac si|bac sy|y si|y sy|y ta|duoc si|duoc sy|tien si|tien sy|thac si|thac sy|ky su|ki su|luat su|giao su|pho giao su|giao vien|giang vien|" +
	"linh muc|muc su|giam muc|su thay|su co|su ba|ni su|ni co|ni truong|dai duc|thuong toa|hoa thuong|thay|ba me|me viet nam anh hung|" +
	"ba me viet nam anh hung|me vnah|ba me vnah|liet si|liet sy|anh hung liet si|thuong binh|chien si|chien sy|" +
	"dai tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|dai uy|thuong uy|trung uy|thieu uy|thuong si|trung si|ha si|binh nhat|binh nhi|" +
	"mr|mrs|ms|miss|chu ho|truong thon|truong ap|truong ban|bi thu|chu tich")

// maxTitle is how many bytes of a text are looked at for one title.
const maxTitle = 48

// dropTitles returns clean text without the titles at its head, as long as a name of two words
// or more that begins with a surname remains; else the text as it is.
func dropTitles(text []byte) []byte {
	rest := text
	for range 4 {
		k := titleLen(rest)
		if k == 0 {
			break
		}
		rest = bytes.TrimLeft(rest[k:], " .:,/-")
	}
	if len(rest) < len(text) && beginsName(rest) {
		return rest
	}
	return text
}

// titleLen returns the length of the longest title at the head of text, 0 without one.
func titleLen(text []byte) (size int) {
	var buf [4 * maxTitle]byte
	var plain [maxTitle]byte
	n := 0
	for i := 0; i <= len(text) && i < maxTitle; i++ {
		if i == len(text) || text[i] == ' ' || text[i] == '.' || text[i] == ':' || text[i] == '/' {
			if n > 0 && titles[string(AppendFold(buf[:0], plain[:n]))] {
				size = i
			}
			if i == len(text) || text[i] != ' ' {
				continue
			}
		}
		if n == len(plain) {
			break
		}
		plain[n] = text[i]
		n++
	}
	return size
}

// beginsName reports whether text has two words or more of which the first is a surname.
func beginsName(text []byte) bool {
	k := wordLen(text)
	if k == 0 || k == len(text) || len(bytes.TrimLeft(text[k:], " .,:-")) == 0 {
		return false
	}
	w := ParseWord(text[:k])
	if w.Base == buddhist.Base && !w.Bare() {
		return true // the family name of those who have left their families
	}
	if w.Valid() && factsOf(w.Syllable()).surname >= 5 || w.Bare() && markedFacts(w.Base).surname >= 20 {
		return true
	}
	return isClanWord(w)
}

var buddhist = ParseWord([]byte("thích"))

// wordAddresses are words before a colon that say whose name follows.
var wordAddresses = wordSet("vo|chong|vo chong|cha|bo|me|chu ho|con|ong|ba|anh|chi|co|cau|chu|bac|chau|ho ten cha|ho ten me")

// dropAddress drops how a person is spoken of before the name: titles, or "vợ:"
// and its like. It notes that something was dropped.
func (n *Name) dropAddress(text []byte) []byte {
	rest := dropTitles(text)
	if i := bytes.IndexByte(rest, ':'); i >= 0 && i <= 16 {
		var buf [64]byte
		if wordAddresses[string(AppendFold(buf[:0], rest[:i]))] {
			rest = dropTitles(bytes.TrimLeft(rest[i+1:], " "))
		}
	}
	if len(rest) < len(text) {
		n.Codes.Add(reason.NameRemark)
	}
	return rest
}
