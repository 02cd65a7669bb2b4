package block

import (
	"math"

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

type compiledRule struct{ key, refine []uint8 }

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
		c.rules = append(c.rules, compiledRule{take(r.key), take(r.refine)})
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
}

func (v *values) turn(row []byte) {
	v.row = row
	v.have = [maxAtoms / 64]uint64{}
}

func (c *compiled) value(v *values, atom uint8) uint64 {
	if v.have[atom>>6]&(1<<(atom&63)) == 0 {
		a := &c.atoms[atom]
		v.of[atom] = a.eval(c.known, v.row, a)
		v.have[atom>>6] |= 1 << (atom & 63)
	}
	return v.of[atom]
}

// key returns the key of a record under rule r; 0 means that the record takes
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
		if a.bits != nil {
			bits += a.bits(c.terms, c.known, v.row, a)
		} else {
			bits += a.even
		}
	}
	return bits < c.least
}
