package evaluate

// A Result is all that evaluation found. Shares lie between 0 and 1; a share
// of nothing is 1 for precision and recall.
type Result struct {
	Forms struct {
		Truth        uint64 `json:"truth"`         // forms that the truth knows, each once
		Stored       uint64 `json:"stored"`        // forms in the snapshot
		Compared     uint64 `json:"compared"`      // in both
		Refused      uint64 `json:"refused"`       // of the truth, in quarantine
		Absent       uint64 `json:"absent"`        // of the truth, neither stored nor refused by its id
		WithoutTruth uint64 `json:"without_truth"` // stored, unknown to the truth
		Ambiguous    uint64 `json:"ambiguous"`     // one form_id, two persons in the truth
	} `json:"forms"`
	// Sample is the share of persons that the truth tells of, 0 where it is all of
	// them: see sample.go for what follows from that. B-cubed, false merges and
	// shares by process then look within the sample.
	Sample   float64 `json:"sample,omitempty"`
	Persons  uint64  `json:"persons"`  // of the forms compared
	Citizens uint64  `json:"citizens"` // of the forms compared
	Pairwise Quality `json:"pairwise"`
	BCubed   Quality `json:"b_cubed"`

	WrongPairs            uint64  `json:"wrong_pairs"`
	WrongPairsPerMillion  float64 `json:"wrong_pairs_per_million"`
	WrongMerges           uint64  `json:"wrong_merges"`
	WrongMergesPerMillion float64 `json:"wrong_merges_per_million"`
	SplitPersons          uint64  `json:"split_persons"` // in more than one citizen

	Links       LinkQuality     `json:"links"`
	Sweep       []SweepPoint    `json:"sweep"`
	Calibration Calibration     `json:"calibration"`
	Processes   []ProcessRecall `json:"processes"`
	FalseMerges []KindCount     `json:"false_merges"`
	Malformed   []MalformedKind `json:"malformed"`

	GoodForms   uint64 `json:"good_forms"`
	GoodRefused uint64 `json:"good_refused"`
	GoodAbsent  uint64 `json:"good_absent"`
}

// Quality is precision, recall and their harmonic mean. The counts of pairs
// are those of the pairwise measure; B-cubed has none.
type Quality struct {
	True      uint64  `json:"true_pairs,omitempty"`
	Predicted uint64  `json:"predicted_pairs,omitempty"`
	Correct   uint64  `json:"correct_pairs,omitempty"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// LinkQuality says what the table of links adds.
type LinkQuality struct {
	Reviews           uint64  `json:"review_pairs"`
	ReviewsPer1000    float64 `json:"review_pairs_per_1000_forms"`
	RecallWithReview  float64 `json:"recall_with_review"` // true pairs in one citizen or under review
	LinkedOrTogether  float64 `json:"linked_or_together"` // true pairs in one citizen or linked by any verdict
	ReviewsThatAreOne float64 `json:"review_precision"`   // pairs under review that are one person
}

// A SweepPoint judges the links alone, before clustering, at a threshold.
type SweepPoint struct {
	Weight               float64 `json:"weight"` // bits; links at or above count as matches
	Pairs                uint64  `json:"pairs"`
	Precision            float64 `json:"precision"`
	Recall               float64 `json:"recall"`
	F1                   float64 `json:"f1"`
	WrongPairsPerMillion float64 `json:"wrong_pairs_per_million"`
}

// ProcessRecall is the recall over the pairs of which a form went through a
// process; a pair counts for each of its processes.
type ProcessRecall struct {
	Process          string  `json:"process"`
	Pairs            uint64  `json:"pairs"`
	Found            uint64  `json:"found"`
	Recall           float64 `json:"recall"`
	RecallWithReview float64 `json:"recall_with_review"`
}

// KindCount counts the wrong pairs of a kind.
type KindCount struct {
	Kind  string `json:"kind"`
	Pairs uint64 `json:"pairs"`
}

// MalformedKind says what became of the rows of a malformed kind.
type MalformedKind struct {
	Kind     string  `json:"kind"`
	Expected string  `json:"expected"` // reason code
	Rows     uint64  `json:"rows"`
	Refused  uint64  `json:"refused"`
	Coded    uint64  `json:"coded"`  // accepted with the code
	Missed   uint64  `json:"missed"` // accepted without it
	Absent   uint64  `json:"absent"` // in neither table by its id
	Caught   float64 `json:"caught"` // share
}

func ratio(part, whole uint64) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}
