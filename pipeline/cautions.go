package pipeline

import "github.com/dusach/dusach/matchers/model"

// Cautions are what training on forms adds to what it learnt: two forms that
// agree in no more than a name, a weak date and a place, or of which each bears
// a valid number of its own, are for a person to decide unless much else speaks
// for one citizen. A reported event that explains a second number gives back what
// that costs, unless the birth is a year alone. Of two who bear clearly other names
// without a number in common, all that agrees may be the family's.
var Cautions = []model.Caution{
	{Comparison: "circumstance", Level: "common_weak_near", Bits: -6},
	{Comparison: "circumstance", Level: "common_weak_commune", Bits: -2},
	{Comparison: "situation", Level: "unknown_close_day", Bits: -3},
	{Comparison: "identity", Level: "conflict", Bits: -3},
	{Comparison: "identity", Level: "conflict_other", Bits: -5},
	{Comparison: "change", Level: "correct_id_day", Bits: 3},
	{Comparison: "change", Level: "correct_id_close", Bits: 3},
	{Comparison: "change", Level: "correct_id_other", Bits: 3},
	{Comparison: "change", Level: "correct_id_alike", Bits: 3},
	{Comparison: "bearer", Level: "other_none", Bits: -1},
	{Comparison: "bearer", Level: "other_near", Bits: -2},
	{Comparison: "bearer", Level: "sex_none", Bits: -2},
	{Comparison: "bearer", Level: "sex_near", Bits: -2},
	{Comparison: "bearer", Level: "near_none", Bits: -1},
	{Comparison: "bearer", Level: "near_near", Bits: -2},
}
