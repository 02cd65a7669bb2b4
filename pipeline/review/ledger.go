package review

import "github.com/dusach/dusach/pipeline/review/ledger"

// The ledger of decisions is a package of its own, for erasing forms has to reach
// it from below.
type (
	// A Decision is what a person said of two forms.
	Decision = ledger.Decision
	// A Ledger is every decision of a store in the order in which they were made.
	Ledger = ledger.Ledger
	// Verdicts is what the decisions of a ledger come to.
	Verdicts = ledger.Verdicts
	// A Contradiction is a decision that another one is against.
	Contradiction = ledger.Contradiction
)

// Dir is the folder of reviews in a store.
func Dir(store string) string { return ledger.Dir(store) }

// Read reads the ledger of a store and proves its chain.
func Read(store string) (*Ledger, error) { return ledger.Read(store) }

// Append adds decisions to the ledger of a store.
func Append(store string, list []Decision) ([]Decision, error) { return ledger.Append(store, list) }
