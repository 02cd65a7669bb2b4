package record

import (
	"encoding/binary"
	"sync"

	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/units"
)

// The units of a place take 32 bits, from below: 12 for the new edition, 17 for
// the old one, 3 for the flags. What follows from a unit is not kept: an old
// commune tells its district and both provinces, a new one its province.
//
//	new edition   0 nothing; a commune; newProvince + a province alone
//	old edition   district × 100 + province, of which either may be 0; oldCommune + a commune
const (
	newBits     = 12
	oldBits     = 17
	newProvince = 3990
	oldCommune  = 1000 * 100
)

func placeCode(k *address.Key, short bool) uint32 {
	newer, older := uint32(k.New), uint32(0)
	switch {
	case k.Old != 0:
		older = oldCommune + uint32(k.Old)
	case short:
		older = uint32(k.ProvinceOld)
	default:
		older = uint32(k.District)*100 + uint32(k.ProvinceOld)
	}
	if k.New == 0 && k.Old == 0 && k.ProvinceNew != 0 {
		newer = newProvince + uint32(k.ProvinceNew)
	}
	if newer >= 1<<newBits || older >= 1<<oldBits || k.Flags > 7 {
		panic("BUG: a place does not fit its code")
	}
	code := newer | older<<newBits
	if !short {
		code |= uint32(k.Flags) << (newBits + oldBits)
	}
	return code
}

// A communeOf is what follows from a commune of the old edition.
type communeOf struct {
	district              uint16
	province, provinceNew uint8
}

type communes struct {
	old []communeOf
	new []uint8 // provinces
}

// follows is what follows from communes, by number: places are read for every pair, so
// it is gathered out of the tables of units once.
var follows = sync.OnceValue(func() *communes {
	var f communes
	f.old, f.new = make([]communeOf, units.MaxOld()+1), make([]uint8, units.MaxNew()+1)
	for o := units.Old(1); o <= units.MaxOld(); o++ {
		f.old[o] = communeOf{o.District(), o.Province(), units.ProvinceNewOf(o.Province())}
	}
	for n := units.New(1); n <= units.MaxNew(); n++ {
		f.new[n] = n.Province()
	}
	return &f
})

// Place reads a place of a packed record, 15 bytes of a residence or, if short,
// the 4 bytes of an origin, which has neither district nor flags.
func Place(row []byte, at int, short bool, k *address.Key) {
	code := binary.LittleEndian.Uint32(row[at:])
	*k = address.Key{}
	newer, older := code&(1<<newBits-1), code>>newBits&(1<<oldBits-1)
	if newer < newProvince {
		k.New = units.New(newer)
	} else {
		k.ProvinceNew = uint8(newer - newProvince)
	}
	switch {
	case older > oldCommune:
		k.Old = units.Old(older - oldCommune)
		of := &follows().old[k.Old]
		k.ProvinceOld, k.ProvinceNew = of.province, of.provinceNew
		if !short {
			k.District = of.district
		}
	default:
		k.District, k.ProvinceOld = uint16(older/100), uint8(older%100)
		if k.New != 0 {
			k.ProvinceNew = follows().new[k.New]
		}
	}
	if short {
		return
	}
	b := row[at : at+15]
	k.Flags = uint8(code >> (newBits + oldBits))
	k.Number = binary.LittleEndian.Uint32(b[4:])
	k.Street = binary.LittleEndian.Uint32(b[8:])
	k.Hamlet = uint32(b[12]) | uint32(b[13])<<8 | uint32(b[14])<<16
}

// PutPlace writes a place of a packed record.
func PutPlace(row []byte, at int, short bool, k *address.Key) {
	binary.LittleEndian.PutUint32(row[at:], placeCode(k, short))
	if short {
		return
	}
	b := row[at : at+15]
	binary.LittleEndian.PutUint32(b[4:], k.Number)
	binary.LittleEndian.PutUint32(b[8:], k.Street)
	b[12], b[13], b[14] = byte(k.Hamlet), byte(k.Hamlet>>8), byte(k.Hamlet>>16)
}
