package pipeline

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/state"
)

// shelves is the number of buckets that rows are shelved in: by the first byte
// of the hash of their form id.
const shelves = 256

// cellar is what a run keeps of the forms it read: in memory what comparing
// needs; on shelves what will be published, and who the forms are.
type cellar struct {
	known   record.Known
	shelf   *state.Shelf   // rows
	claims  *state.Shelf   // of each form on its id, in the same buckets; see resolve
	trail   *state.Shelf   // who came, in the order of numbers, and what was refused; see trail.go
	came    *state.Writer  // to trail, while forms are read
	memo    *memo          // of what is kept in memory, for whoever goes on; nil: nobody can
	learns  bool           // claims are asked for again when a model is learnt
	latest  normalize.Date // on which a form was collected
	repeats []bool         // of each record: a form that was read before

	// Of several contents under one form id one keeps it, the others get a new
	// one: their content, until recall gives it to them.
	kept    map[uint32]bool
	renamed map[uint32][16]byte

	// base is the number of the first record of each bite: a row is shelved
	// before anybody knows how many records came before it, by its place. Where
	// base is nil, places are numbers.
	base  []uint32
	trace []byte
}

// newCellar returns an empty cellar whose shelves lie in the folder tmp and have no
// names there: nothing is left behind however the run ends.
func newCellar(packing *record.Packing, tmp string) (*cellar, error) {
	return newCellarOf(packing, func(_ string, buckets int) (*state.Shelf, error) { return state.NewShelf(tmp, buckets) })
}

// newCellarOf returns an empty cellar with shelves that open gives.
func newCellarOf(packing *record.Packing, open func(name string, buckets int) (*state.Shelf, error)) (*cellar, error) {
	c := &cellar{known: record.Known{Packing: packing, Names: record.NewNames()}, kept: map[uint32]bool{}, renamed: map[uint32][16]byte{}}
	for _, s := range []struct {
		name  string
		shelf **state.Shelf
	}{{shelfRows, &c.shelf}, {shelfClaims, &c.claims}, {shelfTrail, &c.trail}} {
		var err error
		if *s.shelf, err = open(s.name, bucketsOf(s.name)); err != nil {
			_ = c.close()
			return nil, err
		}
	}
	c.came = c.trail.Writer()
	return c, nil
}

// close frees the disk.
func (c *cellar) close() error {
	var all []error
	for _, s := range []*state.Shelf{c.shelf, c.claims, c.trail} {
		if s != nil {
			all = append(all, s.Close())
		}
	}
	return errors.Join(all...)
}

// size returns the bytes on disk.
func (c *cellar) size() (disk int64) {
	for _, s := range []*state.Shelf{c.shelf, c.claims, c.trail} {
		if s != nil {
			n, _ := s.Size()
			disk += n
		}
	}
	return disk
}

// keep numbers the records of a bite. Bites come in order; their rows and claims
// are put onto the shelves by whoever cleaned them.
func (c *cellar) keep(r *record.Records) error {
	k := &c.known
	if int64(k.Len())+int64(r.N) > 1<<32-1 {
		return fmt.Errorf("more than 4,294,967,295 forms: split the input")
	}
	c.base = append(c.base, uint32(k.Len()))
	key := &r.Clean[r.Schema.ColumnOf[r.Schema.Key]]
	for i := range r.N {
		k.Append(r, i)
		c.latest = max(c.latest, r.Collected[i])
		c.trace = appendTrace(c.trace[:0], r.Origin[i], r.Collected[i], key.At(i))
		if err := c.came.Put(trailForms, c.trace); err != nil {
			return err
		}
	}
	return c.memo.keep(k)
}

// number returns the number of the record that was shelved at a place.
func (c *cellar) number(place uint64) uint32 {
	if c.base == nil {
		return uint32(place)
	}
	return c.base[place>>32] + uint32(place)
}

// shelver shelves the rows and claims of bites, at the same time as others do: by
// the first byte of the hash of their form id.
type shelver struct {
	rows   *state.Writer // nil where nothing will be published
	claims *state.Writer
	row    []byte
}

func (c *cellar) shelver(publishes bool) *shelver {
	s := &shelver{claims: c.claims.Writer()}
	if publishes {
		s.rows = c.shelf.Writer()
	}
	return s
}

// shelve shelves the records of a bite.
func (s *shelver) shelve(bite int, r *record.Records) error {
	for i := range r.N {
		place, bucket := uint64(bite)<<32|uint64(i), int(r.Key[i][0])
		s.row = appendClaim(s.row[:0], place, r, i)
		if err := s.claims.Put(bucket, s.row); err != nil {
			return err
		}
		if s.rows == nil {
			continue
		}
		s.row = state.AppendRow(s.row[:0], place, &r.FormRows, i)
		if err := s.rows.Put(bucket, s.row); err != nil {
			return err
		}
	}
	return nil
}

// flush writes what the shelver holds.
func (s *shelver) flush() error {
	err := s.claims.Flush()
	if s.rows != nil {
		err = cmp.Or(err, s.rows.Flush())
	}
	return err
}

func (s *shelver) close() error {
	err := s.claims.Close()
	if s.rows != nil {
		err = cmp.Or(err, s.rows.Close())
	}
	return err
}
