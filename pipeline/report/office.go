package report

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"github.com/dusach/dusach/pipeline/record"
)

const (
	// maxOffices is more than an administration has (about 11,000 units of all
	// levels to 2025). Beyond it the column holds something else, and the table
	// is given up, so that memory stays bounded.
	maxOffices = 1 << 15
	// maxOfficeCode is where an office code is cut, in bytes.
	maxOfficeCode = 64
)

type office struct{ forms, refused, errors uint64 }

// An officeTable counts by office code: open addressing over one column of
// codes, so that a row costs a hash and a comparison.
type officeTable struct {
	codes record.Text
	count []office
	slots []uint32 // 1 + number of an office, 0 free; a power of two long
	// overflow is set once the codes are too many. Whether it is set in the end
	// depends on the set of all codes alone, not on who saw which.
	overflow bool
}

// find returns the counts of an office, nil once there are too many. They are
// valid until the next find.
func (o *officeTable) find(code []byte) *office {
	if o.overflow {
		return nil
	}
	code = cutCode(code)
	if 2*len(o.count) >= len(o.slots) {
		o.grow()
	}
	mask := uint64(len(o.slots) - 1)
	i := xxhash.Sum64(code) & mask
	for o.slots[i] != 0 {
		if k := o.slots[i] - 1; bytes.Equal(o.codes.At(int(k)), code) {
			return &o.count[k]
		}
		i = (i + 1) & mask
	}
	if len(o.count) == maxOffices {
		*o = officeTable{overflow: true}
		return nil
	}
	o.codes.Append(code)
	o.count = append(o.count, office{})
	o.slots[i] = uint32(len(o.count))
	return &o.count[len(o.count)-1]
}

func (o *officeTable) grow() {
	o.slots = make([]uint32, max(64, 2*len(o.slots)))
	mask := uint64(len(o.slots) - 1)
	for k := range o.count {
		i := xxhash.Sum64(o.codes.At(k)) & mask
		for o.slots[i] != 0 {
			i = (i + 1) & mask
		}
		o.slots[i] = uint32(k) + 1
	}
}

// cutCode shortens a code that is too long, between runes.
func cutCode(code []byte) []byte {
	if len(code) <= maxOfficeCode {
		return code
	}
	n := maxOfficeCode
	for n > maxOfficeCode-utf8.UTFMax && !utf8.RuneStart(code[n]) {
		n--
	}
	return code[:n]
}

// merge adds the counts of p.
func (o *officeTable) merge(p *officeTable) {
	if p.overflow {
		*o = officeTable{overflow: true}
		return
	}
	for k := range p.count {
		if to := o.find(p.codes.At(k)); to != nil {
			to.forms += p.count[k].forms
			to.refused += p.count[k].refused
			to.errors += p.count[k].errors
		}
	}
}

// list returns the offices by code.
func (o *officeTable) list() []record.OfficeCount {
	order := make([]int, len(o.count))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(o.codes.At(a), o.codes.At(b)) })
	out := make([]record.OfficeCount, 0, len(order))
	for _, k := range order {
		n := o.count[k]
		out = append(out, record.OfficeCount{Code: string(o.codes.At(k)), Forms: n.forms, Refused: n.refused, Errors: n.errors})
	}
	return out
}
