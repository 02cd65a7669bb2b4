package model

import "fmt"

// A Caution lowers a level below what was learnt. Corpora show who the pairs of
// a level mostly are; they do not show how wrong it would be to merge two people
// of whom little is known.
type Caution struct {
	Comparison, Level string
	Bits              float64 // added to the level's weight
}

// Apply lowers levels and notes it in the model's history.
func (m *Model) Apply(list []Caution) error {
	for _, c := range list {
		at := m.comparison(c.Comparison)
		if at < 0 {
			return fmt.Errorf("caution: the model has no comparison %q", c.Comparison)
		}
		level := m.Comparisons[at].level(c.Level)
		if level < 0 {
			return fmt.Errorf("caution: comparison %s has no level %q", c.Comparison, c.Level)
		}
		l := &m.Comparisons[at].Levels[level]
		l.Bits = round(l.Bits + c.Bits)
	}
	t := Training{Step: "caution"}
	for _, c := range list {
		t.Chosen = append(t.Chosen, fmt.Sprintf("%s %s %+g bits", c.Comparison, c.Level, c.Bits))
	}
	m.History = append(m.History, t)
	return nil
}
