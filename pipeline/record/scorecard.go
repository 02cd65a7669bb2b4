package record

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
)

// ScorecardVersion is the version of the shape of scorecard.json.
const ScorecardVersion = 1

// Scorecard is scorecard.json: every number that the report shows, and nothing
// that depends on the machine, the clock or the number of workers. What each
// measure means stands at its field; the report prints the same definitions.
type Scorecard struct {
	Version  int        `json:"version"`
	Snapshot string     `json:"snapshot"` // as "000042"
	Software string     `json:"software"` // version of dusach
	Today    string     `json:"today"`    // ISO date against which ages are taken; empty if no form is dated
	Epoch    ScoreEpoch `json:"epoch"`

	Counts     ScoreCounts     `json:"counts"`
	Nation     Measures        `json:"nation"`
	Provinces  []ProvinceScore `json:"provinces"` // by code; "00" holds those without a known province
	Fields     []FieldFill     `json:"fields"`    // in the order of the schema
	Quarantine []CodeCount     `json:"quarantine"`
	Sources    []SourceCount   `json:"sources"`
	Offices    []OfficeCount   `json:"offices"` // by office code
	// OfficesOmitted is set where the forms name more offices than an
	// administration can have, so that Offices was left out.
	OfficesOmitted bool          `json:"offices_omitted,omitempty"`
	Pairs          PairCounts    `json:"pairs"`
	Clusters       ClusterCounts `json:"clusters"`
}

// ScoreEpoch names the rules under which the snapshot was made.
type ScoreEpoch struct {
	Normalize string  `json:"normalize"` // version of the normalize library
	Model     string  `json:"model"`     // hash of the model
	Rules     string  `json:"rules"`     // hash of the blocking rules
	SizeClass string  `json:"size_class"`
	Match     float64 `json:"match_threshold"`  // bits; at or above: the same person
	Review    float64 `json:"review_threshold"` // bits; from here to Match: a person decides
}

// ScoreCounts are the big figures.
type ScoreCounts struct {
	In        uint64 `json:"in"`      // forms received: Forms + Refused + Repeats + Forgotten
	Forms     uint64 `json:"forms"`   // accepted
	Refused   uint64 `json:"refused"` // in quarantine
	Repeats   uint64 `json:"repeats"` // a known form with the same content, received again
	Forgotten uint64 `json:"forgotten"`
	Citizens  uint64 `json:"citizens"`
	Merged    uint64 `json:"merged"`  // Forms - Citizens: forms that were one more of somebody
	Reviews   uint64 `json:"reviews"` // pairs that wait for a person's decision
	// ReviewsPer1000 is Reviews per 1,000 accepted forms, to three decimals.
	ReviewsPer1000 float64 `json:"reviews_per_1000"`
	Active         uint64  `json:"active"` // citizens by status
	Dead           uint64  `json:"dead"`
	Emigrated      uint64  `json:"emigrated"`
	Renounced      uint64  `json:"renounced"`
}

// Share is a part of a whole. In JSON it has a third member, "share", which is
// null where there is no whole.
type Share struct {
	Count uint64 `json:"count"`
	Of    uint64 `json:"of"`
}

// Value returns Count/Of, and false where there is nothing to take a share of.
func (s Share) Value() (float64, bool) {
	if s.Of == 0 {
		return 0, false
	}
	return float64(s.Count) / float64(s.Of), true
}

// Less returns the share of the rest.
func (s Share) Less() Share { return Share{s.Of - s.Count, s.Of} }

// MarshalJSON writes the share to six decimals beside its two numbers.
func (s Share) MarshalJSON() ([]byte, error) {
	out := struct {
		Count uint64   `json:"count"`
		Of    uint64   `json:"of"`
		Share *float64 `json:"share"`
	}{Count: s.Count, Of: s.Of}
	if v, ok := s.Value(); ok {
		v = math.Round(v*1e6) / 1e6
		out.Share = &v
	}
	return json.Marshal(out)
}

// Measures are the four words of the data goal for one place.
//
// A form belongs to the place of its permanent, else its current address; a
// citizen to the place of the golden record's.
type Measures struct {
	Forms    uint64         `json:"forms"`
	Citizens uint64         `json:"citizens"`
	True     TrueMeasures   `json:"true"`
	Enough   EnoughMeasures `json:"enough"`
	Clean    CleanMeasures  `json:"clean"`
	Live     LiveMeasures   `json:"live"`
	// Work is what a place has to do: forms with a reason code of level ERROR,
	// plus citizens who lack a mandatory item, plus citizens not settled.
	Work uint64 `json:"work"`
	// Codes counts the forms that bear each reason code, by its name.
	Codes map[string]uint64 `json:"codes"`
}

// TrueMeasures are đúng: do the data agree with themselves and the rules?
type TrueMeasures struct {
	// Forms is the measure: accepted forms without a reason code of level ERROR.
	Forms Share `json:"forms"`
	// Citizens: golden records without a flag of level ERROR.
	Citizens Share `json:"citizens"`
	// IDGender: forms with a personal identity number and a gender that agree.
	IDGender Share `json:"id_gender"`
	// IDYear: forms with a personal identity number and a birth date that agree.
	IDYear Share `json:"id_year"`
	// IDProvince: forms with a personal identity number and a place of birth
	// registration that agree. Weak: places are often written under other units.
	IDProvince Share `json:"id_province"`
}

// EnoughMeasures are đủ: is every item there?
type EnoughMeasures struct {
	// Items is the measure: mandatory items that are filled, of all mandatory
	// items of all citizens. Mandatory (circular 66/2015/TT-BCA, form DC01) are
	// name, birth date, gender, place of birth registration, hometown,
	// ethnicity, nationality, permanent address; for another record type, every
	// field.
	Items Share `json:"items"`
	// Complete: citizens with every mandatory item.
	Complete Share `json:"complete"`
	// Commune: citizens whose permanent address was resolved to a commune.
	Commune Share `json:"commune"`
	// Head: citizens with a household number whose head is known by name,
	// number, or because the citizen is the head.
	Head Share `json:"head"`
}

// CleanMeasures are sạch: one person once, written in one way.
type CleanMeasures struct {
	// Settled is the measure: citizens about whom no question of duplication is
	// open, neither a pair to be looked at nor an identity number that another
	// citizen bears too.
	Settled Share `json:"settled"`
	// Merged: forms that were one more form of a citizen, of the citizens'
	// forms: what cleaning took out.
	Merged Share `json:"merged"`
	// Changed: values received that normalization rewrote.
	Changed Share `json:"changed"`
	// Emptied: values received that could not be kept (their text is, in
	// raw_values).
	Emptied Share `json:"emptied"`
}

// LiveMeasures are sống: does the record follow the life? Ages count living
// citizens only (status active).
type LiveMeasures struct {
	// Recent is the measure: living citizens whose latest form was collected
	// within the twelve months before Today.
	Recent Share `json:"recent"`
	// MedianDays and P95Days: days from the latest form of a citizen to Today,
	// of those that are dated, by nearest rank; null where none is.
	MedianDays *int `json:"median_days"`
	P95Days    *int `json:"p95_days"`
	// Undated: living citizens none of whose forms has a valid date.
	Undated Share `json:"undated"`
	// Abolished: forms with an address on a unit that no longer exists.
	Abolished Share `json:"abolished"`
	// Unplaced: citizens of a known former commune that lies in several new
	// ones, so that the new one is not certain.
	Unplaced Share `json:"unplaced"`
	// Old: living citizens over 100 years of age without a form in the last
	// twelve months, of those over 100.
	Old Share `json:"old"`
	// Deaths: citizens recorded as dead, of those who are or of whom a form says so.
	Deaths Share `json:"deaths"`
}

// ProvinceScore is a province, by its code in the edition of 34 provinces.
type ProvinceScore struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Measures
	Communes []CommuneScore `json:"communes"` // by code; "" holds those without a known commune
}

// CommuneScore is a commune, by its code from 2025-07-01.
type CommuneScore struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Measures
}

// FieldFill says how often a field has a value.
type FieldFill struct {
	Name      string `json:"name"`
	Mandatory bool   `json:"mandatory,omitempty"`
	Received  Share  `json:"received"` // forms that came with a value
	Clean     Share  `json:"clean"`    // forms with a value after cleaning
	Citizens  Share  `json:"citizens"` // golden records with a value; 0 of 0 for a field of the sheet
}

// CodeCount counts refused forms by reason code; a form may bear several.
type CodeCount struct {
	Code  string `json:"code"`
	Forms uint64 `json:"forms"`
}

// SourceCount says what came from one source: a file or a topic's partition.
type SourceCount struct {
	Name      string `json:"name"`
	Forms     uint64 `json:"forms"`
	Refused   uint64 `json:"refused"`
	Repeats   uint64 `json:"repeats"`
	Forgotten uint64 `json:"forgotten,omitempty"` // erased forms that came again
}

// OfficeCount says what came from one office.
type OfficeCount struct {
	Code    string `json:"code"` // as written; empty where the form names none
	Forms   uint64 `json:"forms"`
	Refused uint64 `json:"refused"`
	Errors  uint64 `json:"errors"` // accepted forms with a reason code of level ERROR
}

// ClusterCounts counts citizens by the number of their forms.
type ClusterCounts struct {
	Sizes   []ClusterSize `json:"sizes"`   // up to MaxClusterSize, without empty ones
	Larger  ClusterSize   `json:"larger"`  // all larger ones: their forms together
	Largest uint64        `json:"largest"` // forms of the citizen who has most
}

// MaxClusterSize is the largest cluster that is counted by its exact size.
const MaxClusterSize = 256

// ClusterSize counts the citizens that have Forms forms each.
type ClusterSize struct {
	Forms    uint64 `json:"forms"`
	Citizens uint64 `json:"citizens"`
}

// Encode writes s as scorecard.json. The bytes depend on s alone.
func (s *Scorecard) Encode(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return fmt.Errorf("writing the scorecard: %w", err)
	}
	return nil
}

// DecodeScorecard reads what Encode wrote.
func DecodeScorecard(r io.Reader) (*Scorecard, error) {
	s := new(Scorecard)
	if err := json.NewDecoder(r).Decode(s); err != nil {
		return nil, fmt.Errorf("reading the scorecard: %w", err)
	}
	if s.Version != ScorecardVersion {
		return nil, fmt.Errorf("the scorecard has version %d, this program reads version %d: publish a new snapshot with it",
			s.Version, ScorecardVersion)
	}
	return s, nil
}
