package block

// A group is a run of rules of one key a record whose keys are made in one pass
// over the records: reading a record and its names costs more than mixing their
// atoms into a key, and rules share atoms.
type group struct {
	first, end int        // rules
	keys       [][]uint64 // by rule of the group and record; 0: the record takes no part
}

// A group has at most groupRules rules, and as many as fit in groupBytes: at a
// hundred million records each rule is read alone.
const (
	groupRules = 8
	groupBytes = 64 << 20
)

// turn makes room for the group that begins with a rule, if one does.
func (g *group) turn(rule int, rules []compiledRule, records int) {
	if rule < g.end || rules[rule].most > 1 {
		return
	}
	most := max(1, min(groupRules, groupBytes/8/max(records, 1)))
	g.first, g.end = rule, rule
	for g.end < len(rules) && g.end-rule < most && rules[g.end].most == 1 {
		if g.end-rule == len(g.keys) {
			g.keys = append(g.keys, make([]uint64, records))
		}
		g.end++
	}
}

// readAhead makes the keys of some records under all rules of the group. Their
// fingerprints stand before their rule's turn, which asks for earlier ones only.
func (b *Blocks) readAhead(from, to int) {
	var v values
	rules := b.rules[b.ahead.first:b.ahead.end]
	for i := from; i < to; i++ {
		v.turn(b.known.Row(uint32(i)))
		for n := range rules {
			key := b.key(&rules[n], &v)
			b.ahead.keys[n][i] = key
			if key != 0 {
				b.marks.set(uint32(i), b.ahead.first+n, key)
			}
		}
	}
}
