package compare

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
)

// Build binds the comparisons of a configuration to the fields of p: those of the
// library first, then those with levels of their own, each in its order. The
// second result is the definition that an error is about.
func Build(list []Definition, p *record.Packing, rarity func(*normalize.NameKey) float32) (*Set, int, error) {
	var specs []Spec
	for i := range list {
		if d := &list[i]; d.Library != "" {
			if _, ok := comparisons[d.Library]; !ok {
				return nil, i, wrong(-1, "the library has no comparison %q%s", d.Library, suggest(d.Library, LibraryNames()))
			}
			specs = append(specs, Spec{Comparison: d.Library, Fields: d.Fields})
			if _, err := NewSet(specs, p, rarity); err != nil {
				return nil, i, wrong(-1, "%w", err)
			}
		}
	}
	set, err := NewSet(specs, p, rarity)
	if err != nil {
		return nil, -1, err
	}
	for i := range list {
		if list[i].Library != "" {
			continue
		}
		c, describe, err := compile(&list[i], p)
		if err != nil {
			return nil, i, err
		}
		c.attach(set, describe)
		if err := matchers.Check(set.list); err != nil {
			return nil, i, wrong(-1, "%w", err)
		}
	}
	return set, -1, nil
}

// LibraryNames returns the names of the comparisons of the library.
func LibraryNames() (names []string) {
	for _, spec := range FormComparisons {
		names = append(names, spec.Comparison)
	}
	return names
}

// attach adds the comparison to a set.
func (c *custom) attach(s *Set, describe matchers.Comparison) {
	s.customs = append(s.customs, c)
	s.perValue = append(s.perValue, c.derivations(len(s.perValue))...)
	s.list = append(s.list, describe)
	s.bind(func(k *record.Known, a, b []byte, _ *matchers.Levels, _ float32) matchers.Level {
		return c.level(k, a, b)
	}, nil, nil)
	s.order(len(s.list)-1, &known{describe: describe, cost: c.cost()})
}

// cost says when the comparison is made: measures of texts cost most.
func (c *custom) cost() cost {
	for i := range c.terms {
		if m := c.terms[i].measure; m.text != nil || m.weighted {
			return costRelatives
		}
	}
	return costBytes
}
