package record

import "github.com/dusach/dusach/normalize"

// WeighRest asks how rare the names are that came since Weigh or WeighRest was
// called last, where names still grow.
func (n *Names) WeighRest(rarity func(*normalize.NameKey) float32) {
	for i := len(n.Rarity); i < len(n.Keys); i++ {
		n.Rarity = append(n.Rarity, rarity(&n.Keys[i]))
	}
}
