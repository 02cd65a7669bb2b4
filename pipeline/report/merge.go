package report

// Merge adds the counts of u, which was made for the same schema and the same
// day, to t. u is not changed.
func (t *Tally) Merge(u *Tally) {
	for i := range u.counted {
		t.mergePlace(u, &u.counted[i])
	}
	addAll(t.cameMore, u.cameMore)
	addAll(t.clean, u.clean)
	addAll(t.citizens, u.citizens)
	addAll(t.status[:], u.status[:])
	addAll(t.sizes[:], u.sizes[:])
	addAll(t.quarantine[:], u.quarantine[:])
	t.forms += u.forms
	t.people += u.people
	t.refused += u.refused
	t.larger.Forms += u.larger.Forms
	t.larger.Citizens += u.larger.Citizens
	t.largest = max(t.largest, u.largest)
	t.offices.merge(&u.offices)
}

func (t *Tally) mergePlace(u *Tally, from *place) {
	to := &t.counted[t.slot(from.key)]
	addAll(to.n[:], from.n[:])
	addAll(to.codes[:], from.codes[:])
	for k, number := range from.days {
		if number == 0 {
			continue
		}
		dst := t.pageOf(to, k)
		for i, n := range u.pages[number-1] {
			dst[i] += n
		}
	}
}

func addAll[N int64 | uint64](dst, src []N) {
	for i, n := range src {
		dst[i] += n
	}
}
