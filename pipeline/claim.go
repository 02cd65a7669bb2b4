package pipeline

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// A claim is what a form brings to keep the form id that it came with: the
// same content again is a repeat; of several contents the least by
// (collected_at, content) keeps the id and every other gets "~" and its hash.
type claim struct {
	key       record.PersonKey
	content   [16]byte
	collected normalize.Date
	number    uint32
}

const claimSize = 8 + 10 + 16 + 4

func appendClaim(dst []byte, place uint64, r *record.Records, i int) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, place)
	dst = append(dst, r.Key[i][:]...)
	dst = append(dst, r.Content[i][:]...)
	return binary.LittleEndian.AppendUint32(dst, uint32(r.Collected[i]))
}

func (c *cellar) readClaim(row []byte) claim {
	if len(row) != claimSize {
		panic("BUG: a claim in scratch is damaged")
	}
	k := claim{number: c.number(binary.LittleEndian.Uint64(row)), collected: normalize.Date(binary.LittleEndian.Uint32(row[34:]))}
	copy(k.key[:], row[8:])
	copy(k.content[:], row[18:])
	return k
}

// before orders claims by the hash of their id, then by who of them comes first.
func (a claim) before(b claim) int {
	if c := bytes.Compare(a.key[:], b.key[:]); c != 0 {
		return c
	}
	return cmp.Or(compareDates(a.collected, b.collected), bytes.Compare(a.content[:], b.content[:]), cmp.Compare(a.number, b.number))
}

// compareDates orders dates on which forms were collected, none last.
func compareDates(a, b normalize.Date) int { return cmp.Compare(a-1, b-1) } // unsigned: 0 is last

// awards are what became of claims.
type awards struct {
	repeats []uint32
	kept    []uint32 // keep an id that others came with too
	renamed []claim
}

// among decides between claims on one form id.
func (a *awards) among(claims []claim) {
	slices.SortFunc(claims, claim.before)
	renamed := len(a.renamed)
	for i := 1; i < len(claims); i++ {
		if claims[i].content == claims[i-1].content {
			a.repeats = append(a.repeats, claims[i].number)
		} else {
			a.renamed = append(a.renamed, claims[i])
		}
	}
	if len(a.renamed) > renamed {
		a.kept = append(a.kept, claims[0].number)
	}
}

// resolve finds forms under one id, bucket by bucket. It returns how many
// repeats there are.
func (c *cellar) resolve(workers int) (repeats int, err error) {
	c.repeats = make([]bool, c.known.Len())
	var next atomic.Int64
	var mu sync.Mutex
	err = each(workers, func(int) (err error) {
		var all []claim
		var a awards
		for {
			b := int(next.Add(1)) - 1
			if b >= shelves {
				break
			}
			if all, err = c.claimsOf(b, all[:0]); err != nil {
				next.Store(shelves)
				return err
			}
			a.amongAll(all)
		}
		mu.Lock()
		defer mu.Unlock()
		repeats += len(a.repeats)
		c.apply(&a)
		return nil
	})
	return repeats, err
}

// claimsOf appends the claims of a bucket, in order.
func (c *cellar) claimsOf(b int, all []claim) ([]claim, error) {
	err := c.claims.Bucket(b, func(row []byte) error {
		all = append(all, c.readClaim(row))
		return nil
	})
	slices.SortFunc(all, claim.before)
	return all, err
}

// amongAll decides between the claims of a bucket.
func (a *awards) amongAll(all []claim) {
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to].key == all[from].key {
			to++
		}
		if to-from > 1 {
			a.among(all[from:to])
		}
		from = to
	}
}

// apply notes awards: a repeat shares no block any more.
func (c *cellar) apply(a *awards) {
	for _, i := range a.repeats {
		c.repeats[i] = true
		if c.known.Packed.Held() {
			clear(c.known.Row(i))
		}
	}
	for _, i := range a.kept {
		c.kept[i] = true
	}
	for i := range a.renamed {
		c.renamed[a.renamed[i].number] = a.renamed[i].content
	}
}

// inKeyOrder returns the forms by the hash of their id: an order that depends on
// the forms alone.
func (c *cellar) inKeyOrder() ([]uint32, error) {
	order := make([]uint32, 0, c.known.Len())
	var all []claim
	for b := range shelves {
		var err error
		if all, err = c.claimsOf(b, all[:0]); err != nil {
			return nil, err
		}
		for i := range all {
			if !c.repeats[all[i].number] {
				order = append(order, all[i].number)
			}
		}
	}
	return order, nil
}

func renamed(id []byte, content [16]byte) []byte {
	return fmt.Appendf(nil, "%s~%x", id, content)
}

// idBefore is the inverse of renamed: the id that a form came with.
func idBefore(renamed []byte) []byte { return renamed[:len(renamed)-1-2*16] }
