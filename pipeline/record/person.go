package record

// PersonLen is the length of a person_id.
const PersonLen = 16

// The digits of Crockford's base 32 in lower case: no letter that a clerk can
// take for a digit (i l o) and no u. They stand in the order of their bytes,
// so ids sort as their keys do.
const personDigits = "0123456789abcdefghjkmnpqrstvwxyz"

// AppendPerson appends the person_id of a founding key: its 80 bits, five to a
// character.
func AppendPerson(dst []byte, k PersonKey) []byte {
	for half := 0; half < len(k); half += 5 {
		v := uint64(k[half])<<32 | uint64(k[half+1])<<24 | uint64(k[half+2])<<16 | uint64(k[half+3])<<8 | uint64(k[half+4])
		for shift := 35; shift >= 0; shift -= 5 {
			dst = append(dst, personDigits[v>>shift&31])
		}
	}
	return dst
}

// ParsePerson returns the key of a person_id, and whether it is one.
func ParsePerson(id []byte) (k PersonKey, ok bool) {
	if len(id) != PersonLen {
		return k, false
	}
	for half := range 2 {
		var v uint64
		for _, c := range id[half*8 : half*8+8] {
			d := digitOf[c]
			if d < 0 {
				return k, false
			}
			v = v<<5 | uint64(d)
		}
		for i := range 5 {
			k[half*5+i] = byte(v >> (8 * (4 - i)))
		}
	}
	return k, true
}

// digitOf is the value of each digit, -1 of what is none.
var digitOf = func() (v [256]int8) {
	for c := range v {
		v[c] = -1
	}
	for i := range len(personDigits) {
		v[personDigits[i]] = int8(i)
	}
	return v
}()
