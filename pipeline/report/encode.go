package report

import (
	"encoding/binary"
	"errors"
)

// A tally as bytes: for each list its length, how many of its numbers are not zero,
// and those with how far each stands behind the one before. A process that was killed
// leaves the tallies of its parts so.

var errTally = errors.New("a tally in scratch is damaged")

// Append appends t as bytes.
func (t *Tally) Append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(t.counted)))
	for i := range t.counted {
		p := &t.counted[i]
		dst = binary.AppendUvarint(dst, uint64(p.key))
		dst = appendSparse(dst, p.n[:])
		dst = appendSparse(dst, p.codes[:])
		dst = binary.AppendUvarint(dst, uint64(len(p.days)))
		for _, number := range p.days {
			page := &dayPage{}
			if number != 0 {
				page = &t.pages[number-1]
			}
			dst = appendSparse(dst, page[:])
		}
	}
	for _, list := range t.lists() {
		dst = appendSparse(dst, list)
	}
	dst = appendSparse(dst, t.cameMore)
	for _, n := range t.numbers() {
		dst = binary.AppendUvarint(dst, *n)
	}
	return t.offices.append(dst)
}

// Add adds the counts of a tally that Append wrote.
func (t *Tally) Add(b []byte) error {
	d := decoder{rest: b, ok: true}
	u := &Tally{schema: t.schema, slots: make([]uint32, numKeys), clean: make([]uint64, len(t.clean)),
		citizens: make([]uint64, len(t.citizens)), cameMore: make([]int64, len(t.cameMore))}
	for n := d.number(); d.ok && n > 0; n-- {
		key := d.number()
		if key >= numKeys {
			return errTally
		}
		p := &u.counted[u.slot(uint32(key))]
		readSparse(&d, p.n[:])
		readSparse(&d, p.codes[:])
		days := d.number()
		if days > maxDays/pageDays+1 {
			return errTally
		}
		for k := range int(days) {
			var page dayPage
			if readSparse(&d, page[:]); page != (dayPage{}) {
				*u.pageOf(p, k) = page
			}
		}
	}
	for _, list := range u.lists() {
		readSparse(&d, list)
	}
	readSparse(&d, u.cameMore)
	for _, n := range u.numbers() {
		*n = d.number()
	}
	u.offices.read(&d)
	if !d.ok || len(d.rest) != 0 {
		return errTally
	}
	t.Merge(u)
	return nil
}

func (t *Tally) lists() [][]uint64 {
	return [][]uint64{t.clean, t.citizens, t.status[:], t.sizes[:], t.quarantine[:]}
}

func (t *Tally) numbers() []*uint64 {
	return []*uint64{&t.forms, &t.people, &t.refused, &t.largest, &t.larger.Forms, &t.larger.Citizens}
}

func (o *officeTable) append(dst []byte) []byte {
	overflow := uint64(0)
	if o.overflow {
		overflow = 1
	}
	dst = binary.AppendUvarint(dst, overflow)
	dst = binary.AppendUvarint(dst, uint64(len(o.count)))
	for k := range o.count {
		code := o.codes.At(k)
		dst = append(binary.AppendUvarint(dst, uint64(len(code))), code...)
		for _, n := range []uint64{o.count[k].forms, o.count[k].refused, o.count[k].errors} {
			dst = binary.AppendUvarint(dst, n)
		}
	}
	return dst
}

func (o *officeTable) read(d *decoder) {
	o.overflow = d.number() != 0
	for n := d.number(); d.ok && n > 0; n-- {
		size := d.number()
		if size > uint64(len(d.rest)) {
			d.ok = false
			return
		}
		code := d.rest[:size]
		d.rest = d.rest[size:]
		if to := o.find(code); to != nil {
			*to = office{forms: d.number(), refused: d.number(), errors: d.number()}
		}
	}
}

type decoder struct {
	rest []byte
	ok   bool
}

func (d *decoder) number() uint64 {
	n, w := binary.Uvarint(d.rest)
	if !d.ok || w <= 0 {
		d.ok = false
		return 0
	}
	d.rest = d.rest[w:]
	return n
}

func appendSparse[N uint32 | uint64 | int64](dst []byte, list []N) []byte {
	n := 0
	for _, v := range list {
		if v != 0 {
			n++
		}
	}
	dst = binary.AppendUvarint(dst, uint64(n))
	last := 0
	for i, v := range list {
		if v != 0 {
			dst = binary.AppendUvarint(dst, uint64(i-last))
			dst = binary.AppendUvarint(dst, uint64(v))
			last = i
		}
	}
	return dst
}

func readSparse[N uint32 | uint64 | int64](d *decoder, list []N) {
	at := uint64(0)
	for n := d.number(); d.ok && n > 0; n-- {
		at += d.number()
		if at >= uint64(len(list)) {
			d.ok = false
			return
		}
		list[at] = N(d.number())
	}
}
