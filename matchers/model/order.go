package model

import "github.com/dusach/dusach/matchers"

// orderPull is how hard a weight is pulled back that stands the wrong way round,
// in pairs: some thousands, so that only a large corpus that speaks against an
// order bends it, and then hardly.
const orderPull = 4000

// An order says that one level should not weigh less than another; column 0
// stands for the null level, which weighs nothing.
type order struct{ better, worse int }

func (order) value(x []float64, column int) float64 {
	if column == 0 {
		return 0
	}
	return x[column]
}

// addOrders reads the order of levels from the comparisons.
func (f *fitter) addOrders() {
	for c := range f.list {
		column := func(l matchers.Level) int {
			if l == matchers.Null {
				return 0
			}
			return f.mains[c] + int(l) - 1
		}
		for _, chain := range f.list[c].Order {
			for i := 1; i < len(chain); i++ {
				f.orders = append(f.orders, order{column(chain[i-1]), column(chain[i])})
			}
		}
	}
}
