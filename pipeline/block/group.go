package block

// A group is a run of rules of one key a record whose keys are made in one pass
// over the records: reading a record and its names costs more than mixing their
// atoms into a key, and rules share atoms.
type group struct {
	first, end int        // rules
	keys       [][]uint64 // by rule of the group and record; 0: the record takes no part
	fresh      []uint8    // atoms that no earlier rule was made of
	names      []int      // slots of the names that the rules look at
}

// GroupRules is how many rules a group has at most; half of the room for keys is
// theirs.
const GroupRules = 64

// turn makes room for the group that begins with a rule, if one does.
func (g *group) turn(b *Blocks) {
	rules, rule, records := b.rules, b.rule, b.known.Len()
	if rule < g.end || rules[rule].most > 1 {
		return
	}
	most := max(1, min(GroupRules, int(b.room/2/8/int64(max(records, 1)))))
	g.first, g.end, g.fresh = rule, rule, g.fresh[:0]
	for g.end < len(rules) && g.end-rule < most && rules[g.end].most == 1 {
		if g.end-rule == len(g.keys) {
			g.keys = append(g.keys, make([]uint64, records))
		}
		g.fresh = b.marks.fresh(g.fresh, &rules[g.end])
		g.end++
	}
	g.names = b.namesOf(rules[g.first:g.end])
}

// readAhead makes the keys of some records under all rules of the group. Their
// fingerprints stand before their rule's turn, which asks for earlier ones only.
func (b *Blocks) readAhead(v *columns, from, to int) {
	rules := b.rules[b.ahead.first:b.ahead.end]
	for ; from < to && !b.stop(); from += batch {
		end := min(from+batch, to)
		v.turn(b.known, b.ahead.names, from, end)
		b.marks.noteAll(from, b.ahead.fresh, b.compiled, v)
		for n := range rules {
			b.keysOfAll(v, &rules[n], b.ahead.keys[n][from:end])
		}
	}
}
