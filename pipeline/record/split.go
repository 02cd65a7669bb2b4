package record

// Constraint says why two records cannot be one citizen.
type Constraint uint8

// The constraints that keep two records apart.
const (
	MayJoin        Constraint = iota // nothing keeps the two apart
	ApartByPerson                    // a person decided that they are two citizens
	ApartByNumbers                   // each bears a valid personal number of its own
	ApartByParent                    // one names the other as its parent
	ApartByBirth                     // one was born after the other's form was taken
	numConstraints
)

var constraintNames = [numConstraints]string{"", "decision", "numbers", "parent", "birth"}

// ConstraintNames returns the names of the constraints by their numbers, that of
// MayJoin empty.
func ConstraintNames() []string { return constraintNames[:] }

func (c Constraint) String() string { return constraintNames[c] }

// SplitReason says why two linked records stayed apart.
type SplitReason uint8

// The reasons of a split.
const (
	SplitWeight  SplitReason = iota // the two groups as a whole do not agree
	SplitCannot                     // two records of the two groups cannot be one citizen
	SplitSize                       // the two groups are too large to be sure that no two of their records contradict each other
	SplitPartner                    // one of the two has a better partner, and may have one only
	numSplitReasons
)

var splitNames = [numSplitReasons]string{"weight", "cannot", "size", "partner"}

// SplitReasonNames returns the names of the reasons by their numbers.
func SplitReasonNames() []string { return splitNames[:] }

func (r SplitReason) String() string { return splitNames[r] }

// Split is a link that alone would be a match and that clustering did not
// follow, and why.
type Split struct {
	A, B uint32
	Why  SplitReason
	// Of SplitCannot: which constraint keeps the two groups apart, and between
	// which two records, one of each group. Of SplitPartner: the link that was
	// followed instead.
	Constraint Constraint
	ByA, ByB   uint32
	// Of SplitWeight: the average weight of a pair across the two groups, in
	// bits.
	Average float32
}

// SplitRows is a batch of the table "splits", ordered by (FormA, FormB), FormA <
// FormB as bytes.
type SplitRows struct {
	N            int
	FormA, FormB Text
	Why          []SplitReason
	Constraint   []Constraint
	ByA, ByB     Text // empty where no pair decided it
	Average      []float64
}

// Reset empties the batch and keeps its memory.
func (s *SplitRows) Reset() {
	s.N = 0
	for _, t := range []*Text{&s.FormA, &s.FormB, &s.ByA, &s.ByB} {
		t.Reset()
	}
	s.Why, s.Constraint, s.Average = s.Why[:0], s.Constraint[:0], s.Average[:0]
}
