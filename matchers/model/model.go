package model

import (
	"math"

	"github.com/dusach/dusach/matchers"
)

// format is the version of the JSON layout that this build reads and writes.
const format = 1

// A Model is what has been learnt. All weights are bits (log2).
type Model struct {
	Format       int           `json:"format"`
	Name         string        `json:"name"`
	Prior        Prior         `json:"prior"`
	Thresholds   Thresholds    `json:"thresholds"`
	Rarity       Rarity        `json:"rarity"`
	Comparisons  []Comparison  `json:"comparisons"`
	Interactions []Interaction `json:"interactions"`
	Calibration  *Calibration  `json:"calibration,omitempty"`
	History      []Training    `json:"history"`
	Terms        Terms         `json:"terms"`
	Values       []ValueTerms  `json:"values,omitempty"` // of a configured record type
}

// SizeClass says for how many forms a run is meant; the prior belongs to it.
type SizeClass uint8

// The size classes: up to 20 million forms, up to 120 million.
const (
	Province SizeClass = iota
	Nation
)

// Prior is the log-odds, in bits, that a candidate pair of which nothing more is
// known is a match, per size class.
type Prior struct {
	Province float64 `json:"province"`
	Nation   float64 `json:"nation"`
}

// Of returns the prior of a size class.
func (p Prior) Of(class SizeClass) float64 {
	if class == Nation {
		return p.Nation
	}
	return p.Province
}

// Thresholds are in bits of total weight: at or above Match a pair is a match, at
// or above Review a person should look, at or above LinkFloor it holds a component
// together.
type Thresholds struct {
	Match     float64 `json:"match"`
	Review    float64 `json:"review"`
	LinkFloor float64 `json:"link_floor"`
}

// Rarity bounds the covariate: rarity is clamped to Low..High bits, and a name of
// Reference bits neither adds nor takes.
type Rarity struct {
	Reference float64 `json:"reference"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
}

// A Comparison holds the weights of one comparison's levels.
type Comparison struct {
	Name    string  `json:"name"`
	Derived bool    `json:"derived,omitempty"`
	Levels  []Level `json:"levels"` // the null level first
}

// A Level is one degree of agreement: its chance among matches (m) and among
// non-matches (u), for people to read, and the weight that counts, which equals
// log2(m/u) only where fields are independent.
type Level struct {
	Name  string  `json:"name"`
	M     float64 `json:"m"`
	U     float64 `json:"u"`
	Bits  float64 `json:"bits"`
	Slope float64 `json:"slope,omitempty"` // bits per bit of rarity above the reference
}

// An Interaction corrects the sum where two comparisons depend on each other.
// Cells not listed are 0.
type Interaction struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Cells []Cell `json:"cells"` // in order of levels
}

// A Cell is the correction for a pair of levels, by name.
type Cell struct {
	A    string  `json:"a"`
	B    string  `json:"b"`
	Bits float64 `json:"bits"`
}

// A Training is one step of a model's history.
type Training struct {
	Step       string   `json:"step"` // "by hand", "em", "fit", …
	Note       string   `json:"note,omitempty"`
	Corpora    []string `json:"corpora,omitempty"`
	Pairs      float64  `json:"pairs,omitempty"`
	Matches    float64  `json:"matches,omitempty"`
	Patterns   int      `json:"patterns,omitempty"`
	Fitted     int      `json:"fitted,omitempty"` // patterns left after screening out surely different pairs
	Iterations int      `json:"iterations,omitempty"`
	LogLoss    float64  `json:"log_loss,omitempty"`      // bits a pair on what was fitted
	HeldOut    float64  `json:"held_out_loss,omitempty"` // bits a pair on what was kept apart
	Chosen     []string `json:"chosen,omitempty"`        // interactions in the order found
	Shift      float64  `json:"shift,omitempty"`         // of Shift: a weight of w bits became Shift + Slope·w
	Slope      float64  `json:"slope,omitempty"`
}

// Probability turns a total weight into the chance that the pair is a match.
func Probability(bits float32) float32 {
	return float32(1 / (1 + math.Exp2(-float64(bits))))
}

// Bits turns a probability into a total weight.
func Bits(probability float64) float64 {
	return math.Log2(probability) - math.Log2(1-probability)
}

// empty returns a model with the comparisons of a list and no weights.
func empty(list []matchers.Comparison) *Model {
	m := &Model{Format: format, Rarity: Rarity{Reference: 18, Low: 8, High: 30}}
	for i := range list {
		c := Comparison{Name: list[i].Name, Derived: list[i].Derived}
		for _, l := range list[i].Levels {
			c.Levels = append(c.Levels, Level{Name: l.Name, M: 1, U: 1})
		}
		m.Comparisons = append(m.Comparisons, c)
	}
	return m
}

func (m *Model) comparison(name string) int {
	for i := range m.Comparisons {
		if m.Comparisons[i].Name == name {
			return i
		}
	}
	return -1
}

func (c *Comparison) level(name string) int {
	for i := range c.Levels {
		if c.Levels[i].Name == name {
			return i
		}
	}
	return -1
}
