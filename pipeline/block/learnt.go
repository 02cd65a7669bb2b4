package block

// Names are distinct values, each of which many records bear, and some of what
// keys ask of a name goes letter by letter or looks words up: that is worked out
// once for each name where there is room.

// learn works out tables of the distinct names for the atoms whose functions are
// dear and for the bits of names, one for each function, unless they take more than
// room bytes. It returns what they take.
func (c *compiled) learn(room int64) (bytes int64) {
	if c.known.Names == nil {
		return 0
	}
	names := int64(len(c.known.Names.Keys))
	values, rarities := map[string][]uint64{}, map[string][]float32{}
	for i := range c.atoms {
		a := &c.atoms[i]
		if a.name != nil && a.dear && values[a.function] == nil && (bytes+8*names) <= room {
			values[a.function] = c.valuesOfNames(a)
			bytes += 8 * names
		}
		if a.weigh != nil && rarities[a.weighed] == nil && bytes+4*names <= room && c.asksHeat(uint8(i)) {
			rarities[a.weighed] = c.raritiesOfNames(a)
			bytes += 4 * names
		}
		if a.dear {
			a.known = values[a.function]
		}
		a.rare = rarities[a.weighed]
	}
	return bytes
}

// asksHeat reports whether an atom has a part in whether a key is hot.
func (c *compiled) asksHeat(atom uint8) bool {
	for i := range c.rules {
		if r := &c.rules[i]; len(r.refine) > 0 {
			for _, n := range r.key {
				if n == atom {
					return true
				}
			}
		}
	}
	return false
}

// valuesOfNames is what an atom's function makes of each name, by its number.
func (c *compiled) valuesOfNames(a *atom) []uint64 {
	keys := c.known.Names.Keys
	table := make([]uint64, len(keys))
	for i := 1; i < len(keys); i++ {
		table[i] = a.name(&keys[i])
	}
	return table
}

// raritiesOfNames is how rare an atom's value of each name is.
func (c *compiled) raritiesOfNames(a *atom) []float32 {
	keys := c.known.Names.Keys
	table := make([]float32, len(keys))
	for i := 1; i < len(keys); i++ {
		table[i] = a.weigh(c.terms, &keys[i])
	}
	return table
}
