package matchers

import "fmt"

const (
	// MaxComparisons is how many comparisons a pair of records can have.
	MaxComparisons = 24
	// MaxLevels is how many levels, the null level included, a comparison can have.
	MaxLevels = 32
)

// A Level is one degree of agreement of one comparison. Null means no evidence.
type Level uint8

// Null is the level of every comparison when a side has no value.
const Null Level = 0

// Levels is the outcome of comparing two records: the level of comparison i at
// index i, Null beyond the last comparison. It is the pattern that learning counts.
type Levels [MaxComparisons]Level

// LevelInfo names a level for models and for people.
type LevelInfo struct {
	Name string // stable, snake_case: what model files hold
	VI   string // Vietnamese caption
	EN   string // English caption
	// Rarity marks a level that says "the same value": how much it proves
	// depends on how rare that value is (the covariate of Model.Weight).
	Rarity bool
}

// A Comparison describes how one part of a record is judged.
type Comparison struct {
	Name   string      // stable, snake_case
	VI, EN string      // captions
	Levels []LevelInfo // indexed by Level; Levels[0] is the null level
	// Derived marks a comparison whose level is a function of the other levels
	// of the pair: it stands for dependence between them, so a model that
	// assumes independence gives it no weight.
	Derived bool
	// Shared marks a comparison in which relatives agree without being one
	// person: parents, house, household. Learning without labels starts from it
	// to tell relatives from matches.
	Shared bool
	// Twins marks a comparison, not shared, in which twins agree: the birth date.
	Twins bool
	// Order lists chains of levels, best first, in which a later one should
	// never weigh more than an earlier one, all else being equal: what levels
	// mean, for learning to keep to. Null in a chain is no evidence.
	Order [][]Level
}

// Caption returns the comparison's caption in a language, "vi" or "en".
func (c *Comparison) Caption(lang string) string {
	if lang == "en" {
		return c.EN
	}
	return c.VI
}

// LevelCaption returns the caption of a level in a language, "vi" or "en".
// An unknown level is shown by its number.
func (c *Comparison) LevelCaption(l Level, lang string) string {
	if int(l) >= len(c.Levels) {
		return fmt.Sprintf("#%d", l)
	}
	if lang == "en" {
		return c.Levels[l].EN
	}
	return c.Levels[l].VI
}

// Check reports the first reason why a list of comparisons cannot be used:
// too many, a missing or repeated name, too many or unnamed levels.
func Check(list []Comparison) error {
	if len(list) > MaxComparisons {
		return fmt.Errorf("%d comparisons, at most %d are possible", len(list), MaxComparisons)
	}
	seen := make(map[string]bool, len(list))
	for i := range list {
		c := &list[i]
		if c.Name == "" || seen[c.Name] {
			return fmt.Errorf("comparison %d: name %q is empty or used twice", i+1, c.Name)
		}
		seen[c.Name] = true
		if err := checkLevels(c.Levels); err != nil {
			return fmt.Errorf("comparison %s: %w", c.Name, err)
		}
		for _, chain := range c.Order {
			for _, l := range chain {
				if int(l) >= len(c.Levels) {
					return fmt.Errorf("comparison %s: its order names level %d of %d", c.Name, l, len(c.Levels))
				}
			}
		}
	}
	return nil
}

func checkLevels(levels []LevelInfo) error {
	if len(levels) < 2 || len(levels) > MaxLevels {
		return fmt.Errorf("%d levels, wanted 2 to %d with the null level first", len(levels), MaxLevels)
	}
	seen := make(map[string]bool, len(levels))
	for i, l := range levels {
		if l.Name == "" || seen[l.Name] {
			return fmt.Errorf("level %d: name %q is empty or used twice", i, l.Name)
		}
		seen[l.Name] = true
	}
	return nil
}
