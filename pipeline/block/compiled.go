package block

import (
	"math"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
)

// maxAtoms is how many different atoms all rules together may have.
const maxAtoms = 128

// compiled are the rules with each distinct atom once, so that its value is
// read once a record and not once a rule.
type compiled struct {
	known *record.Known
	terms Frequencies
	atoms []atom
	rules []compiledRule
	least float32 // bits that a key must have, or it is hot
}

type compiledRule struct {
	key, refine []uint8
	most        int // keys of a record at most
}

func compile(known *record.Known, opt Options) *compiled {
	c := &compiled{known: known, terms: opt.Terms, least: float32(math.Log2(opt.People / hotLimit))}
	number := map[string]uint8{}
	take := func(list []atom) (at []uint8) {
		for _, a := range list {
			n, ok := number[a.text]
			if !ok {
				n = uint8(len(c.atoms))
				number[a.text] = n
				if a.prepare != nil {
					a.prepare(known, &a)
				}
				c.atoms = append(c.atoms, a)
			}
			at = append(at, n)
		}
		return at
	}
	for i := range opt.Rules {
		r := &opt.Rules[i]
		rule := compiledRule{key: take(r.key), refine: take(r.refine), most: 1}
		for _, n := range rule.key {
			rule.most *= max(c.atoms[n].most, 1)
		}
		c.rules = append(c.rules, rule)
	}
	if len(c.atoms) > maxAtoms {
		panic("BUG: rules with too many atoms were not refused")
	}
	return c
}

// values are the atoms of one record, read when they are first asked for.
type values struct {
	row  []byte
	have [maxAtoms / 64]uint64
	of   [maxAtoms]uint64
	list []uint64 // of an atom with several values, while keys are made of it
	keys []uint64 // of a rule under which a record may have several
}

func (v *values) turn(row []byte) {
	v.row = row
	v.have = [maxAtoms / 64]uint64{}
}

func (c *compiled) value(v *values, atom uint8) uint64 {
	if v.have[atom>>6]&(1<<(atom&63)) == 0 {
		if a := &c.atoms[atom]; a.known != nil {
			v.of[atom] = a.known[record.Uint32(v.row, a.at)]
		} else {
			v.of[atom] = a.eval(c.known, v.row, a)
		}
		v.have[atom>>6] |= 1 << (atom & 63)
	}
	return v.of[atom]
}

// keysOf returns the keys of a record under a rule that may give several, rising
// and none twice. They are valid until the next call for v.
func (c *compiled) keysOf(r *compiledRule, v *values) []uint64 {
	keys := append(v.keys[:0], 1)
	for _, n := range r.key {
		a := &c.atoms[n]
		if a.many == nil {
			x := c.value(v, n)
			if x == 0 {
				return nil
			}
			v.list = append(v.list[:0], x)
		} else if v.list = a.many(v.list[:0], c.known, v.row, a); len(v.list) == 0 {
			return nil
		}
		keys = mixedWith(keys, v.list)
	}
	v.keys = rising(keys)
	return v.keys
}

// mixedWith mixes each of some values into each of some hashes.
func mixedWith(hashes, list []uint64) []uint64 {
	before := len(hashes)
	for _, x := range list[1:] {
		for _, h := range hashes[:before] {
			hashes = append(hashes, record.Mix(h, x))
		}
	}
	for i, h := range hashes[:before] {
		hashes[i] = record.Mix(h, list[0])
	}
	return hashes
}

// rising makes keys out of the hashes of a record, in order and none twice.
func rising(hashes []uint64) []uint64 {
	for i := range hashes {
		hashes[i] |= 1
	}
	if len(hashes) == 1 {
		return hashes
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// common returns the least key that two records share under a rule that may give
// several, 0 where they share none.
func (c *compiled) common(r *compiledRule, x, y *values) uint64 {
	a, b := c.keysOf(r, x), c.keysOf(r, y)
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] == b[0]:
			return a[0]
		case a[0] < b[0]:
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return 0
}

// appendKeys appends all keys of a record under rule r.
func (c *compiled) appendKeys(dst []uint64, r *compiledRule, v *values) []uint64 {
	if r.most > 1 {
		return append(dst, c.keysOf(r, v)...)
	}
	if key := c.key(r, v); key != 0 {
		dst = append(dst, key)
	}
	return dst
}

// key returns the key of a record under rule r, which gives one; 0 means that the record takes
// no part. The last bit tells refined keys from the others.
func (c *compiled) key(r *compiledRule, v *values) uint64 {
	h := uint64(1)
	for _, a := range r.key {
		x := c.value(v, a)
		if x == 0 {
			return 0
		}
		h = record.Mix(h, x)
	}
	if len(r.refine) == 0 || !c.hot(r, v) {
		return h | 1
	}
	for _, a := range r.refine {
		x := c.value(v, a)
		if x == 0 {
			return 0
		}
		h = record.Mix(h, x)
	}
	return h&^1 | 2
}

// share reports whether two records share a key under rule r. Of two records
// with the same atoms one may be hot alone: how rare a name is depends on the
// order of its words, words(name) does not. Their keys differ then.
func (c *compiled) share(r *compiledRule, x, y *values) bool {
	if r.most > 1 {
		return c.common(r, x, y) != 0
	}
	if !c.equal(r.key, x, y) {
		return false
	}
	if len(r.refine) == 0 {
		return true
	}
	hot := c.hot(r, x)
	return hot == c.hot(r, y) && (!hot || c.equal(r.refine, x, y))
}

func (c *compiled) equal(atoms []uint8, x, y *values) bool {
	for _, a := range atoms {
		v := c.value(x, a)
		if v == 0 || v != c.value(y, a) {
			return false
		}
	}
	return true
}

// hot reports whether more records of the size class than the limit are
// expected under the key of a record: a function of the record and the frozen
// tables alone.
func (c *compiled) hot(r *compiledRule, v *values) bool {
	var bits float32
	for _, n := range r.key {
		a := &c.atoms[n]
		if a.rare != nil {
			bits += a.rare[record.Uint32(v.row, a.at)]
		} else if a.bits != nil {
			bits += a.bits(c.terms, c.known, v.row, a)
		} else {
			bits += a.even
		}
	}
	return bits < c.least
}
