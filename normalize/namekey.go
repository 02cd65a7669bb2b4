package normalize

// MaxNameWords is how many words of a name a NameKey holds.
const MaxNameWords = 5

// A NameKey is a whole name ready for comparing, one cache line. Words stand
// in the order in which they were written; of more than five the first two and
// the last three are kept and NameCut is set.
type NameKey struct {
	Base    [MaxNameWords]uint64
	Marks   [MaxNameWords]uint32
	N       uint8 // words present, 0 = no name
	Surname uint8 // number of surname words, 0 unknown
	Given   uint8 // index of the first word of the given name
	Flags   uint8
}

// Flags of a NameKey.
const (
	NameCut         uint8 = 1 << iota // words in the middle are missing
	NameBare                          // no word has a mark
	NameOrderUnsure                   // of a people whose names are ordered otherwise
	NameSurnameLast                   // the surname words are the last ones (Y Bhăm Niê)
)

// Word returns word i, 0 ≤ i < N.
func (k *NameKey) Word(i int) Word { return Word{Base: k.Base[i], Marks: k.Marks[i]} }

// Empty reports whether there is no name.
func (k *NameKey) Empty() bool { return k.N == 0 }

// AppendFold appends the name without marks: "nguyen van duc".
func (k *NameKey) AppendFold(dst []byte) []byte {
	for i := range int(k.N) {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = k.Word(i).AppendFold(dst)
	}
	return dst
}

func (k *NameKey) set(i int, w Word) { k.Base[i], k.Marks[i] = w.Base, w.Marks }
