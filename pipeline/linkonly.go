package pipeline

import "fmt"

// setSides tells the two inputs of a run apart that only links them: pairs count
// across the two alone.
func (p *Pipeline) setSides(r *run) error {
	if !p.cfg.LinkOnly {
		return nil
	}
	if r.before != nil {
		return fmt.Errorf("--link-only: the store has records that belong to neither input: name a new store, or add --fresh")
	}
	args := r.reader.Args()
	r.sides = make([]uint8, r.cellar.known.Len())
	return r.cellar.follow(func(i uint32, t trace) error {
		r.sides[i] = uint8(args[t.origin.Source])
		return nil
	})
}
