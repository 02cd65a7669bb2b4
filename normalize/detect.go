package normalize

import (
	"slices"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// A Detector decides how the text of one form was encoded, from all its text
// fields together: short names alone are ambiguous. Use one again and again:
// Reset, Add each field, Decide. It never looks at other forms.
//
// Fields with a letter that no legacy byte shows (ễ, đ, ư …) are right already
// and say nothing about the others; so are fields in plain ASCII. What remains
// is decoded by each table: the one that makes most words legal syllables wins
// if it does so clearly.
type Detector struct {
	fields  []field
	scratch []byte
	lower   []byte
	met     metWords // what a tally has counted
}

type field struct {
	text []byte
	name bool
	raw  bool
}

// Reset forgets the fields of the form before.
func (d *Detector) Reset() { d.fields = d.fields[:0] }

// Add takes in a text field, which must stay as it is until Decide. isName
// says that it holds a person's name.
func (d *Detector) Add(text []byte, isName bool) {
	if plain(text) {
		return
	}
	raw := !utf8.Valid(text)
	if raw || inView(text) {
		d.fields = append(d.fields, field{text, isName, raw})
	}
}

// A Doubt is what one text tells of its encoding. It depends on the text alone,
// so whoever meets a text again need not ask again.
type Doubt uint8

// The degrees of doubt. A form without a text that is Doubtful needs no
// Detector: Decide would say UTF8.
const (
	Doubtless Doubt = iota // plain ASCII, or with a letter that no legacy byte shows
	Plausible              // could be legacy bytes, but reads well as it stands
	Doubtful               // could be legacy bytes, and does not read well
)

// DoubtOf returns how much a text is to be doubted.
func DoubtOf(text []byte) Doubt {
	if plain(text) {
		return Doubtless
	}
	if !utf8.Valid(text) {
		return Doubtful
	}
	if !inView(text) {
		return Doubtless
	}
	if t := countWords(text, false, nil); t.valid == t.words && t.odd == 0 {
		return Plausible
	}
	return Doubtful
}

// plain reports whether text is ASCII without controls.
func plain(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf || c < ' ' {
			return false
		}
	}
	return true
}

// A tally counts the words of texts that are not plain ASCII, each once: a name that
// stands in three boxes of a form proves no more than in one.
type tally struct {
	words, valid int
	odd          int     // legal words whose tone stands where no style puts it
	capitals     int     // words that begin with a capital, repeated ones too
	weight       float32 // valid words, attested ones counting more
	sum          uint64  // hash of the decoded text, whatever its case
}

// Bounds of a decision: the share of legal syllables after decoding, how much
// better that must be than before, and than with the next table.
const (
	minShare = 0.6
	minGain  = 0.2
	minLead  = 0.02

	minGainWhole = 0.02 // where decoding leaves no word that is not legal
)

// candidates are tried in this order; of equals the first wins.
var candidates = [...]Encoding{Mojibake, TCVN3, VNI, CP1258, VISCII, VPS, Mojibake2}

// Decide returns the encoding and how sure that is, 0…1. UTF8 means that
// nothing is to be undone.
func (d *Detector) Decide() (Encoding, float32) {
	if len(d.fields) == 0 {
		return UTF8, 1
	}
	before := d.tally(UTF8)
	if before.words == 0 || before.valid == before.words && before.odd == 0 {
		return UTF8, 1
	}
	best, rival, encoding := d.compete()
	share, was := best.share(), before.share()
	legal := float32(best.valid) / float32(max(best.words, 1))
	few := min(best.words, before.words) == 1 && share < 1 && !d.fields[0].raw && encoding != Mojibake // too little to go by, but for a sequence of UTF-8
	gain := float32(minGain)
	if best.valid == best.words {
		gain = minGainWhole
	}
	if encoding == UTF8 || few || legal < minShare || share-was < gain || share-rival < minLead {
		return UTF8, 1 - min(1, max(0, share-was))
	}
	n := float32(best.words)
	return encoding, min(1, legal) * n / (n + 0.25)
}

// compete tries the tables: the best, and how good the best of those is that
// make another text.
func (d *Detector) compete() (best tally, rival float32, encoding Encoding) {
	var all [len(candidates)]tally
	for i, e := range candidates {
		all[i] = d.tally(e)
		better := all[i].share() - best.share()
		if better > 0 || better == 0 && all[i].sum == best.sum && all[i].capitals > best.capitals { // of đình and Đình in a name
			best, encoding = all[i], e
		}
	}
	for i, t := range all {
		if encoding == Mojibake && candidates[i] == Mojibake2 {
			continue // whatever is legal once undone is left as good by another round
		}
		if t.sum != best.sum {
			rival = max(rival, t.share())
		}
	}
	return best, rival, encoding
}

// share weighs the legal words of a tally against all of them.
func (t tally) share() float32 {
	if t.words == 0 {
		return 0
	}
	return t.weight / float32(t.words)
}

func (d *Detector) tally(e Encoding) (sum tally) {
	d.met.hashes = d.met.hashes[:0]
	for _, f := range d.fields {
		text := f.text
		if e != UTF8 {
			d.scratch = appendDecoded(d.scratch[:0], f.text, f.raw, e)
			text = d.scratch
		} else if f.raw {
			sum.words += 1 + len(text)/8
			continue
		}
		t := countWords(text, f.name, &d.met)
		sum.words += t.words
		sum.valid += t.valid
		sum.odd += t.odd
		sum.weight += t.weight
		sum.capitals += t.capitals
		d.lower = appendLower(d.lower[:0], text)
		sum.sum = sum.sum*31 + xxhash.Sum64(d.lower)
	}
	return sum
}

// countWords counts the words of a text with a character outside ASCII (or a
// control, which some encodings use as a letter) that are not in met, and puts them
// there; nil counts all.
func countWords(text []byte, name bool, met *metWords) (t tally) {
	for i := 0; i < len(text); {
		end, plain := i, true
		for end < len(text) && !parts(text[end]) {
			plain = plain && text[end] < utf8.RuneSelf && text[end] > ' '
			end++
		}
		if !plain {
			t.add(text[i:end], name, met != nil && met.has(text[i:end]))
		}
		i = end + 1
	}
	return t
}

// metWords remembers words, whatever their case.
type metWords struct {
	hashes []uint64
	lower  []byte
}

// has reports whether a word was there before, and adds it.
func (m *metWords) has(word []byte) bool {
	m.lower = appendLower(m.lower[:0], word)
	h := xxhash.Sum64(m.lower)
	if slices.Contains(m.hashes, h) {
		return true
	}
	m.hashes = append(m.hashes, h)
	return false
}

// add counts a word.
func (t *tally) add(word []byte, name, again bool) {
	var tr trace
	tr.read(word)
	if tr.flags&(hasUpper|lowerHead) == hasUpper {
		t.capitals++
	}
	if again {
		return
	}
	t.words++
	if n := markerLen(word); n > 0 {
		if word = word[n:]; plain(word) { // H’, K’Brek
			t.valid++
			t.weight++
			return
		}
		tr = trace{}
		tr.read(word)
	}
	switch w := tr.word(); {
	case tr.flags&(upperLate|lowerLate) == upperLate|lowerLate, tr.flags&(lowerHead|hasUpper) == lowerHead|hasUpper:
		// a capital amid small letters is a byte misunderstood
	case w.Valid() && tr.oddlyPlaced(w):
		t.valid++
		t.odd++
		t.weight += 0.4
	case w.Valid():
		t.valid++
		t.weight += attestedWeight(w.Syllable(), name)
	case !w.Bare() && (isLoan(w) || isClanWord(w)):
		t.valid++
		t.weight++
	}
}

// markerLen returns the length of the marker of highland names at the head of a word, H’
// or K’ with a curved apostrophe, which is a letter of old encodings too; 0 if there is none.
func markerLen(word []byte) int {
	if len(word) < 4 || word[0]|0x20 != 'h' && word[0]|0x20 != 'k' || word[1] != 0xE2 || word[2] != 0x80 || word[3]|1 != 0x99 {
		return 0
	}
	return 4
}

// oddlyPlaced reports whether the tone of a syllable stands where neither style
// puts it.
func (t *trace) oddlyPlaced(w Word) bool {
	_, old := t.wrongTone(w, false)
	_, new := t.wrongTone(w, true)
	return old && new
}

// attestedWeight says how much a legal syllable proves: one seen in names or
// places more than one that only could be.
func attestedWeight(s Syllable, name bool) float32 {
	switch f := factsOf(s); {
	case name && f.person > 0, f.person+f.place > 1, f.role&roleVoid != 0: // không, chưa: half of all religions and old cards
		return 1
	case f.person+f.place > 0:
		return 0.9
	}
	return 0.6
}

// parts reports whether an ASCII character stands between words.
func parts(c byte) bool {
	switch c {
	case ' ', ',', ';', ':', '/', '-', '(', ')', '"', '\t', '\n', '\r':
		return true
	}
	return c >= '0' && c <= '9'
}
