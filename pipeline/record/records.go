package record

import "github.com/dusach/dusach/normalize"

// PersonKey is the founding hash of a form id: the first 80 bits of its
// SHA-256, of which person_id is the text.
type PersonKey [10]byte

// Records is a batch of cleaned, accepted records: what the world will see
// (FormRows, without a person yet), what comparing needs (Packed, with Names
// beside it until they are numbered), and what tells forms apart.
type Records struct {
	FormRows
	Packing   *Packing
	Packed    []byte              // N × Packing.Width; name slots still 0
	Names     []normalize.NameKey // N × len(Packing.Names)
	NameHash  []uint64            // of Names
	Values    Text                // N × len(Packing.Texts): folded, as they are compared
	Key       []PersonKey         // of the form id
	Content   [][16]byte          // of the raw values, without the source
	Collected []normalize.Date    // 0 where absent or impossible
	Origin    []Origin
}

// Reset empties the batch for packing l and keeps its memory.
func (r *Records) Reset(l *Packing) {
	r.FormRows.Reset(l.Schema)
	r.Packing = l
	r.Packed, r.Names, r.NameHash = r.Packed[:0], r.Names[:0], r.NameHash[:0]
	r.Values.Reset()
	r.Key, r.Content, r.Collected, r.Origin = r.Key[:0], r.Content[:0], r.Collected[:0], r.Origin[:0]
}

// Cleaned is what the standardize stage makes of one batch of forms: every form
// of it is in Records, in Refused, or came again after it was erased.
type Cleaned struct {
	Records   Records
	Refused   Refusals
	Forgotten []Origin // where erased forms came from: all that may be known of them
}

// Len returns how many forms the batch was made of.
func (c *Cleaned) Len() int { return c.Records.N + c.Refused.Len() + len(c.Forgotten) }

// Erased knows what was erased. One value is used by one goroutine.
type Erased interface {
	// HasForm reports whether a form was, given its id as it came and its content.
	HasForm(id []byte, content [16]byte) bool
	// HasRefusal reports whether a refused row was, given its id and its bytes.
	HasRefusal(id, raw []byte) bool
}

// Known is every accepted record of a run by number, in the order of arrival:
// the memory of block and cluster.
//
// Who the forms are is asked of the few that are linked, so a batch keeps the
// three columns of it for those alone (Picked); the rest lies in the cellar.
type Known struct {
	Packing *Packing
	Names   *Names
	Values  *Values // nil where the record type has no field that it numbers
	Packed  Slabs

	Picked    *Picks // the records of the three columns; nil: all
	Key       []PersonKey
	FormID    Text // as it came; ID gives it as it is published
	Collected []normalize.Date
	Renamed   map[uint32][]byte // ids of the few forms whose own id was taken
}

// Append takes over what comparing needs of record i of a batch and returns its
// number. Names and values get their numbers here, so it is for one goroutine.
func (k *Known) Append(r *Records, i int) uint32 {
	width, slots := r.Packing.Width, r.Packing.Names
	row := k.Packed.Add(width)
	copy(row, r.Packed[i*width:])
	for s, field := range slots {
		n := i*len(slots) + s
		PutUint32(row, r.Packing.Offset[field], k.Names.Add(&r.Names[n], r.NameHash[n]))
	}
	for s, field := range r.Packing.Texts {
		if k.Values == nil {
			k.Values = NewValues()
		}
		PutUint32(row, r.Packing.Offset[field], k.Values.Add(r.Values.At(i*len(r.Packing.Texts)+s)))
	}
	return uint32(k.Len() - 1)
}

// AppendID keeps who a record is: the next one, or the next one of Picked.
func (k *Known) AppendID(id []byte, key PersonKey, collected normalize.Date) {
	k.Key = append(k.Key, key)
	k.FormID.Append(id)
	k.Collected = append(k.Collected, collected)
}

// at returns where a record stands in the columns that say who it is.
func (k *Known) at(i uint32) int {
	if k.Picked == nil {
		return int(i)
	}
	return k.Picked.At(i)
}

// Knows reports whether the columns say who record i is.
func (k *Known) Knows(i uint32) bool { return k.Picked == nil || k.Picked.Has(i) }

// ID returns the form id of record i as it is published.
func (k *Known) ID(i uint32) []byte {
	if len(k.Renamed) > 0 {
		if id, ok := k.Renamed[i]; ok {
			return id
		}
	}
	return k.FormID.At(k.at(i))
}

// KeyOf returns the hash of the form id of record i as it is published.
func (k *Known) KeyOf(i uint32) PersonKey { return k.Key[k.at(i)] }

// CollectedOf returns when the form of record i was collected, 0 if unknown.
func (k *Known) CollectedOf(i uint32) normalize.Date { return k.Collected[k.at(i)] }

// Len returns the number of records.
func (k *Known) Len() int { return k.Packed.Len() }

// Row returns the packed record i.
func (k *Known) Row(i uint32) []byte {
	return k.Packed.At(i, k.Packing.Width)
}

// Name returns the name in a name slot of a packed record, nil where there is
// none.
func (k *Known) Name(row []byte, at int) *normalize.NameKey {
	id := Uint32(row, at)
	if id == 0 {
		return nil
	}
	return &k.Names.Keys[id]
}

// Forget frees what comparing needs: packed records and names. What tells forms
// apart stays.
func (k *Known) Forget() {
	k.Packed.Free()
	k.Names = nil
}

// Frozen returns k as it is now, for others to read: records, names and values
// that are added to k later do not change it. Renamed and what Key holds already
// are shared.
func (k *Known) Frozen() Known {
	f := *k
	if k.Names != nil {
		names := *k.Names
		f.Names = &names
	}
	if k.Values != nil {
		values := *k.Values
		f.Values = &values
	}
	return f
}
