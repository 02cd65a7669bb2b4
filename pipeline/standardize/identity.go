package standardize

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// KeyOf returns the founding hash of a form id.
func KeyOf(formID []byte) (k record.PersonKey) {
	sum := sha256.Sum256(formID)
	copy(k[:], sum[:])
	return k
}

// contentHash hashes the raw values of a form. SHA-256, cut to 128 bits: offices
// send what they like, and two forms of one hash would count as a repeat.
type contentHash struct{ buf []byte }

// of returns the hash of values in canonical order. Each value goes in with its
// length, so that no two lists of values look alike.
func (c *contentHash) of(values [][]byte) (h [16]byte) {
	c.buf = c.buf[:0]
	for _, v := range values {
		c.buf = binary.AppendUvarint(c.buf, uint64(len(v)))
		c.buf = append(c.buf, v...)
	}
	sum := sha256.Sum256(c.buf)
	copy(h[:], sum[:])
	return h
}

// appendID appends the id of a form: the one that it came with or, where it came
// with none, or none that can be seen, the hash of its content.
func appendID(dst, raw []byte, content [16]byte) []byte {
	start := len(dst)
	if dst = normalize.AppendClean(dst, raw); len(dst) == start {
		dst = appendHex(append(dst, 'h'), content[:])
	}
	return dst
}

// appendHex appends the lower-case hexadecimal digits of b.
func appendHex(dst, b []byte) []byte {
	const digits = "0123456789abcdef"
	for _, v := range b {
		dst = append(dst, digits[v>>4], digits[v&15])
	}
	return dst
}
