package block

import (
	"encoding/binary"
	"math/bits"
)

// A fingerprint is one byte of each key that a record has had so far, 0 where a
// rule left it out. Two records that share a key share its byte, so comparing
// the bytes of all earlier rules, eight at a time, spares nearly every pair the
// exact question whether one of those rules has brought it.
type fingerprints struct {
	width int // bytes of a record: the number of rules, in whole words
	bytes []byte
	// several has the highest bit of each byte that stands for several keys: each
	// sets a bit, and records that share a key share a bit.
	several []uint64
}

func newFingerprints(records int, rules []compiledRule) fingerprints {
	width := (len(rules) + 7) / 8 * 8
	f := fingerprints{width, make([]byte, records*width), make([]uint64, width/8)}
	for i := range rules {
		if rules[i].most > 1 {
			f.several[i/8] |= 0x80 << (i % 8 * 8)
		}
	}
	return f
}

// set notes the key of a record under a rule.
func (f *fingerprints) set(rec uint32, rule int, key uint64) {
	b := byte(key >> 33)
	if b == 0 {
		b = 1
	}
	f.bytes[int(rec)*f.width+rule] = b
}

// add notes one of several keys of a record under a rule.
func (f *fingerprints) add(rec uint32, rule int, key uint64) {
	f.bytes[int(rec)*f.width+rule] |= 1 << (key >> 33 & 7)
}

const (
	low7 = 0x7f7f7f7f7f7f7f7f
	high = 0x8080808080808080
)

// zeros has the highest bit of each byte of v that is zero.
func zeros(v uint64) uint64 { return ^((v&low7 + low7) | v | low7) }

// shared calls visit for each rule below limit under which the bytes of two
// records are alike, until visit returns true; it reports whether one did.
func (f *fingerprints) shared(a, b uint32, limit int, visit func(rule int) bool) bool {
	x, y := f.bytes[int(a)*f.width:], f.bytes[int(b)*f.width:]
	for at := 0; at < limit; at += 8 {
		u, v := binary.LittleEndian.Uint64(x[at:]), binary.LittleEndian.Uint64(y[at:])
		several := f.several[at/8]
		alike := zeros(u^v)&^zeros(u)&^several | several&^zeros(u&v)
		for ; alike != 0; alike &= alike - 1 {
			rule := at + bits.TrailingZeros64(alike)/8
			if rule >= limit {
				return false
			}
			if visit(rule) {
				return true
			}
		}
	}
	return false
}
