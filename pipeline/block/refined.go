package block

// Refined reports how many blocks of two records or more of the rule at hand
// stand under a refined key, once its keys are in order.
func (b *Blocks) Refined() (n int64) {
	if len(b.rules[b.rule].refine) == 0 {
		return 0
	}
	b.each(func(from, to int) {
		if to-from > 1 && b.keys[from].key&1 == 0 { // see compiled.key
			n++
		}
	})
	return n
}

// Whole returns the rule without its refinement, and whether it has one.
func (r *Rule) Whole() (Rule, bool) {
	return Rule{Text: r.Text, key: r.key}, len(r.refine) > 0
}
