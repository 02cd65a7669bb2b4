package pipeline

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// shelves is the number of buckets that rows are shelved in: by the first byte
// of the hash of their form id.
const shelves = 256

// cellar is what a run keeps of the forms it read: in memory what comparing
// needs, on a shelf what will be published.
type cellar struct {
	known   record.Known
	shelf   *state.Shelf
	content [][16]byte // of each form; dropped once repeats are known
	origin  []record.Origin
	repeats []bool // of each record: a form that was read before

	// base is the number of the first record of each bite: a row is shelved
	// before anybody knows how many records came before it, by its place. Where
	// base is nil, places are numbers.
	base []uint32
}

func newCellar(packing *record.Packing, tmp string) (*cellar, error) {
	shelf, err := state.NewShelf(tmp, shelves)
	if err != nil {
		return nil, err
	}
	return &cellar{known: record.Known{Packing: packing, Names: record.NewNames()}, shelf: shelf}, nil
}

// keep numbers the records of a bite. Bites come in order; their rows are
// put onto the shelf by whoever cleaned them.
func (c *cellar) keep(r *record.Records) error {
	k := &c.known
	if int64(k.Len())+int64(r.N) > 1<<32-1 {
		return fmt.Errorf("more than 4,294,967,295 forms: split the input")
	}
	c.base = append(c.base, uint32(k.Len()))
	for i := range r.N {
		k.Append(r, i)
	}
	c.content = append(c.content, r.Content...)
	c.origin = append(c.origin, r.Origin...)
	return nil
}

// number returns the number of the record that was shelved at a place.
func (c *cellar) number(place uint64) uint32 {
	if c.base == nil {
		return uint32(place)
	}
	return c.base[place>>32] + uint32(place)
}

// shelver shelves the rows of bites, at the same time as others do: by the
// first byte of the hash of their form id.
type shelver struct {
	*state.Writer
	row []byte
}

// shelve shelves the records of a bite.
func (s *shelver) shelve(bite int, r *record.Records) error {
	for i := range r.N {
		s.row = state.AppendRow(s.row[:0], uint64(bite)<<32|uint64(i), &r.FormRows, i)
		if err := s.Put(int(r.Key[i][0]), s.row); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds forms under one id: the same content again is a repeat; of
// several contents the least by (collected_at, content) keeps the id and every
// other gets "~" and its hash. It returns how many repeats there are.
func (c *cellar) resolve() (repeats int) {
	k := &c.known
	c.repeats = make([]bool, k.Len())
	order := byKey(k.Key)
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && k.Key[order[to]] == k.Key[order[from]] {
			to++
		}
		if to-from > 1 {
			repeats += c.resolveOne(order[from:to])
		}
		from = to
	}
	c.content = nil
	return repeats
}

// byKey returns the numbers of records by their key, then by number. Keys are
// hashes, so their first two bytes cut the records into parts of a few, and what
// is left to compare lies near.
func byKey(keys []record.PersonKey) []uint32 {
	var ends [1 << 16]uint32
	first := func(i int) int { return int(keys[i][0])<<8 | int(keys[i][1]) }
	for i := range keys {
		ends[first(i)]++
	}
	sum := uint32(0)
	for v, n := range ends {
		ends[v] = sum
		sum += n
	}
	order := make([]uint32, len(keys))
	for i := range keys {
		v := first(i)
		order[ends[v]] = uint32(i)
		ends[v]++
	}
	from := uint32(0)
	for _, to := range ends {
		slices.SortStableFunc(order[from:to], func(a, b uint32) int { return bytes.Compare(keys[a][2:], keys[b][2:]) })
		from = to
	}
	return order
}

func (c *cellar) resolveOne(group []uint32) (repeats int) {
	k := &c.known
	slices.SortFunc(group, func(a, b uint32) int {
		if d := compareDates(k, a, b); d != 0 {
			return d
		}
		if d := slices.Compare(c.content[a][:], c.content[b][:]); d != 0 {
			return d
		}
		return int(int64(a) - int64(b))
	})
	for i := 1; i < len(group); i++ {
		this := group[i]
		if c.content[this] == c.content[group[i-1]] {
			c.repeats[this] = true
			clear(k.Row(this)) // an empty record shares no block
			repeats++
			continue
		}
		if k.Renamed == nil {
			k.Renamed = map[uint32][]byte{}
		}
		k.Renamed[this] = renamed(k.FormID.At(int(this)), c.content[this])
		k.Key[this] = keyOf(k.Renamed[this])
	}
	return repeats
}

// compareDates orders records by when they were collected, undated last.
func compareDates(k *record.Known, a, b uint32) int {
	const undated = 1 << 40
	x, y := int64(k.Collected[a]), int64(k.Collected[b])
	if x == 0 {
		x = undated
	}
	if y == 0 {
		y = undated
	}
	return int(max(-1, min(1, x-y)))
}

func renamed(id []byte, content [16]byte) []byte {
	return fmt.Appendf(nil, "%s~%x", id, content)
}
