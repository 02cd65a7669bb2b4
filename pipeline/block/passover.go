package block

// PassOver does for a slice of a rule whose pairs were made before, by another
// process, what later rules rely on: part of the records get their fingerprints. It
// takes the place of Gather and all that follows.
func (b *Blocks) PassOver(part int) {
	if b.slice == 0 {
		b.Gather(part)
	}
}
