package pipeline

import "github.com/dusach/dusach/matchers/model"

// Cautions are what training on forms adds to what it learnt: two forms that
// agree in no more than a name, a weak date and a place, or of which each bears
// a valid number of its own, are for a person to decide unless much else speaks
// for one citizen. A reported event that explains a second number gives back what
// that costs.
var Cautions = []model.Caution{
	{Comparison: "circumstance", Level: "common_weak_near", Bits: -6},
	{Comparison: "circumstance", Level: "common_weak_commune", Bits: -2},
	{Comparison: "situation", Level: "unknown_close_day", Bits: -3},
	{Comparison: "identity", Level: "conflict", Bits: -3},
	{Comparison: "identity", Level: "conflict_other", Bits: -5},
	{Comparison: "change", Level: "correct_id_day", Bits: 3},
	{Comparison: "change", Level: "correct_id_close", Bits: 3},
	{Comparison: "change", Level: "correct_id_other", Bits: 3},
}
