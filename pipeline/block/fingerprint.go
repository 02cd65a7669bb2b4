package block

import (
	"encoding/binary"
	"math/bits"

	"github.com/dusach/dusach/pipeline/record"
)

// A fingerprint is four bits of each atom of a record that keys are made of, 0
// where it is absent. Two records that share a key share the bits of all its
// atoms, so comparing the fingerprints spares nearly every pair the exact
// question whether an earlier rule has brought it. Rules share atoms: 59 rules of
// the form are made of 38, 20 bytes a record.
//
// Eight atoms are compared at a time. Those that differ, a byte, say which rules
// cannot be shared: the rest is a question to the rows.
type fingerprints struct {
	lane  [maxAtoms]uint8 // 1 + where an atom's bits lie, 0: no key is made of it
	set   [maxAtoms]bool  // atoms whose bits are known
	width int             // bytes of a record
	bytes []byte
	// several has all bits of the atoms that have several values, of which each
	// sets a bit, and records that share a value share a bit.
	several []uint32
	words   int      // of a set of rules
	lost    []uint64 // by word of lanes and what differs in it: rules that need one of those
}

// lanesAWord is how many atoms a step compares.
const lanesAWord = 8

func newFingerprints(records int, c *compiled) fingerprints {
	f := fingerprints{words: (len(c.rules) + 63) / 64}
	n := 0
	for r := range c.rules {
		for _, atom := range c.rules[r].key {
			if f.lane[atom] == 0 {
				n++
				f.lane[atom] = uint8(n)
			}
		}
	}
	steps := (n + lanesAWord - 1) / lanesAWord
	f.width = 4 * steps
	f.bytes = make([]byte, records*f.width)
	f.several = make([]uint32, steps)
	f.lost = make([]uint64, steps*256*f.words)
	for r := range c.rules {
		for _, atom := range c.rules[r].key {
			lane := int(f.lane[atom]) - 1
			if c.atoms[atom].many != nil {
				f.several[lane/lanesAWord] |= 15 << (lane % lanesAWord * 4)
			}
			for d := range 256 {
				if d>>(lane%lanesAWord)&1 != 0 {
					f.lost[(lane/lanesAWord*256+d)*f.words+r/64] |= 1 << (r % 64)
				}
			}
		}
	}
	return f
}

// FingerprintBytes is what a fingerprint takes of each record under some rules.
func FingerprintBytes(rules []Rule) int {
	atoms := map[string]bool{}
	for i := range rules {
		for _, a := range rules[i].key {
			atoms[a.text] = true
		}
	}
	return 4 * ((len(atoms) + lanesAWord - 1) / lanesAWord)
}

// fresh appends the atoms of a rule whose bits are not yet known, and takes them
// for known.
func (f *fingerprints) fresh(dst []uint8, r *compiledRule) []uint8 {
	for _, atom := range r.key {
		if !f.set[atom] {
			f.set[atom] = true
			dst = append(dst, atom)
		}
	}
	return dst
}

// noteAll sets the bits of some atoms of a batch of records that begins with first.
func (f *fingerprints) noteAll(first int, atoms []uint8, c *compiled, v *columns) {
	for _, atom := range atoms {
		lane := int(f.lane[atom]) - 1
		if c.atoms[atom].many != nil {
			f.noteSeveral(first, lane, &c.atoms[atom], c.known, v)
			continue
		}
		mixed := c.mixedOf(v, atom)
		shift := lane % 2 * 4
		at := first*f.width + lane/2
		for left := v.present[atom]; left != 0; left &= left - 1 {
			i := bits.TrailingZeros64(left)
			f.bytes[at+i*f.width] |= byte(max(mixed[i%batch]>>60, 1)) << shift
		}
	}
}

// noteSeveral does it of an atom of several values.
func (f *fingerprints) noteSeveral(first, lane int, a *atom, known *record.Known, v *columns) {
	for i, row := range v.rows {
		four := byte(0)
		v.list = a.many(v.list[:0], known, row, a)
		for _, x := range v.list {
			four |= 1 << (spread(x) >> 62)
		}
		f.bytes[(first+i)*f.width+lane/2] |= four << (lane % 2 * 4)
	}
}

func spread(x uint64) uint64 { return record.Mix(1, x) }

// present has the lowest bit of each lane of v that is not zero.
func present(v uint32) uint32 { return (v | v>>1 | v>>2 | v>>3) & 0x11111111 }

// gathered moves the lowest bits of eight lanes together.
func gathered(v uint32) int {
	v = (v | v>>3) & 0x03030303
	v = (v | v>>6) & 0x000f000f
	return int((v | v>>12) & 0xff)
}

// candidates fills rules, of which it holds a bit each, with those below limit that
// two records may share, and reports whether there is one.
func (f *fingerprints) candidates(a, b uint32, limit int, rules []uint64) (any bool) {
	clear(rules)
	x, y := f.bytes[int(a)*f.width:][:f.width], f.bytes[int(b)*f.width:][:f.width]
	for step, several := range f.several {
		u, v := binary.LittleEndian.Uint32(x[step*4:]), binary.LittleEndian.Uint32(y[step*4:])
		alike := present(u)&^present(u^v)&^several | present(u&v)&several
		lost := f.lost[(step*256+gathered(^alike&0x11111111))*f.words:][:f.words]
		for w := range rules {
			rules[w] |= lost[w]
		}
	}
	for w := range rules {
		left := ^rules[w]
		if limit < (w+1)*64 {
			left &= 1<<max(0, limit-w*64) - 1
		}
		rules[w] = left
		any = any || left != 0
	}
	return any
}
