package erasure

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"

	"github.com/dusach/dusach/pipeline/say"
)

// A Tombstone stands where a form was.
type Tombstone [16]byte

// A Kind says what a tombstone is of.
type Kind byte

// The kinds of tombstones.
const (
	Form    Kind = 'f' // a form: its id as it came and its content
	Refusal Kind = 'q' // a refused row: its bytes
	ID      Kind = 'i' // whatever comes under a form id
)

var kinds = [...]Kind{Form, Refusal, ID}

// FileName is the file of a snapshot that holds its tombstones, if it has any.
const FileName = "forgotten.json"

// Tombstones are those of a store, under one key.
type Tombstones struct {
	key  *Key
	sets map[Kind]map[Tombstone]bool
}

// New returns an empty set under a key.
func New(key *Key) *Tombstones {
	t := &Tombstones{key: key, sets: map[Kind]map[Tombstone]bool{}}
	for _, k := range kinds {
		t.sets[k] = map[Tombstone]bool{}
	}
	return t
}

// stored is a set as it lies in its file. Tombstones stand in order.
type stored struct {
	Version  int      `json:"version"`
	Key      string   `json:"key"` // Key.ID
	Forms    []string `json:"forms"`
	Refusals []string `json:"refusals"`
	IDs      []string `json:"ids"`
}

func (s *stored) list(k Kind) *[]string {
	return map[Kind]*[]string{Form: &s.Forms, Refusal: &s.Refusals, ID: &s.IDs}[k]
}

const version = 1

// Read reads a set from its file's content. The key must be the one under which
// the set was made.
func Read(data []byte, key *Key) (*Tombstones, error) {
	s, err := parse(data)
	if err != nil {
		return nil, err
	}
	if s.Key != key.ID() {
		return nil, say.Errorf("khóa xóa phiếu không đúng: các phiếu đã xóa của kho này được đánh dấu bằng khóa %s, không phải %s", "this is another key of erasure: the erased forms of this store are marked under key %s, not %s", s.Key, key.ID())
	}
	t := New(key)
	for _, k := range kinds {
		for _, text := range *s.list(k) {
			var one Tombstone
			if n, err := hex.Decode(one[:], []byte(text)); err != nil || n != len(one) || len(text) != 2*len(one) {
				return nil, fmt.Errorf("%s: %q is no tombstone", FileName, text)
			}
			t.sets[k][one] = true
		}
	}
	return t, nil
}

func parse(data []byte) (s stored, err error) {
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("%s is damaged: %w", FileName, err)
	}
	if s.Version != version {
		return s, fmt.Errorf("%s is of version %d, this one reads %d: use a newer dusach", FileName, s.Version, version)
	}
	return s, nil
}

// Listed returns the tombstones of a file's content as text, each with its kind
// before it, in order. It needs no key.
func Listed(data []byte) ([]string, error) {
	s, err := parse(data)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, k := range kinds {
		for _, text := range *s.list(k) {
			list = append(list, string(k)+text)
		}
	}
	slices.Sort(list)
	return list, nil
}

// Encode returns the content of the file of the set.
func (t *Tombstones) Encode() []byte {
	s := stored{Version: version, Key: t.key.ID()}
	for _, k := range kinds {
		list := make([]string, 0, len(t.sets[k]))
		for one := range t.sets[k] {
			list = append(list, hex.EncodeToString(one[:]))
		}
		slices.Sort(list)
		*s.list(k) = list
	}
	data, err := json.MarshalIndent(&s, "", "  ")
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return append(data, '\n')
}

// Len returns how many tombstones there are.
func (t *Tombstones) Len() (n int) {
	for _, set := range t.sets {
		n += len(set)
	}
	return n
}

// Empty returns an empty set under the same key.
func (t *Tombstones) Empty() *Tombstones { return New(t.key) }

// Since returns the tombstones, as Listed gives them, that an earlier list of the
// set does not have.
func (t *Tombstones) Since(before []string) []string {
	now, err := Listed(t.Encode())
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return slices.DeleteFunc(now, func(one string) bool { return slices.Contains(before, one) })
}

// A Seeker makes tombstones and looks them up. It is for one goroutine and
// allocates nothing.
type Seeker struct {
	in   *Tombstones
	hash hash.Hash
	buf  []byte
	sum  []byte
}

// Seeker returns a seeker in the set, which must not grow meanwhile but through
// it.
func (t *Tombstones) Seeker() *Seeker {
	return &Seeker{in: t, hash: hmac.New(sha256.New, t.key.secret), sum: make([]byte, 0, sha256.Size)}
}

// of returns the tombstone of what buf holds.
func (s *Seeker) of() (t Tombstone) {
	s.hash.Reset()
	s.hash.Write(s.buf)
	s.sum = s.hash.Sum(s.sum[:0])
	copy(t[:], s.sum)
	return t
}

// form fills buf with what makes a form the same form. The id ends where the
// content of fixed length begins, so no two forms give the same bytes.
func (s *Seeker) form(id []byte, content [16]byte) {
	s.buf = append(append(append(s.buf[:0], byte(Form)), id...), content[:]...)
}

func (s *Seeker) bytes(k Kind, b []byte) { s.buf = append(append(s.buf[:0], byte(k)), b...) }

// HasForm reports whether a form was erased, given its id as it came and its
// content.
func (s *Seeker) HasForm(id []byte, content [16]byte) bool {
	if len(s.in.sets[Form]) > 0 {
		if s.form(id, content); s.in.sets[Form][s.of()] {
			return true
		}
	}
	return s.HasID(id)
}

// HasID reports whether whatever comes under an id was erased.
func (s *Seeker) HasID(id []byte) bool {
	if len(s.in.sets[ID]) == 0 || len(id) == 0 {
		return false
	}
	s.bytes(ID, id)
	return s.in.sets[ID][s.of()]
}

// HasRefusal reports whether a refused row was erased, given its id where it was
// readable and its bytes.
func (s *Seeker) HasRefusal(id, raw []byte) bool {
	if len(s.in.sets[Refusal]) > 0 {
		if s.bytes(Refusal, raw); s.in.sets[Refusal][s.of()] {
			return true
		}
	}
	return s.HasID(bytes.TrimSpace(id))
}

// AddForm sets the tombstone of a form.
func (s *Seeker) AddForm(id []byte, content [16]byte) {
	s.form(id, content)
	s.in.sets[Form][s.of()] = true
}

// AddRefusal sets the tombstone of a refused row.
func (s *Seeker) AddRefusal(raw []byte) {
	s.bytes(Refusal, raw)
	s.in.sets[Refusal][s.of()] = true
}

// AddID sets the tombstone of an id.
func (s *Seeker) AddID(id []byte) {
	s.bytes(ID, id)
	s.in.sets[ID][s.of()] = true
}
