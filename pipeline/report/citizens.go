package report

import (
	"bytes"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// The statuses of a citizen, as counted.
const (
	active = iota
	dead
	emigrated
	renounced
	numStatuses
)

var statusNames = [numStatuses]string{
	record.StatusActive, record.StatusDead, record.StatusEmigrated, record.StatusRenounced,
}

// headOfHousehold is the canonical relation of the head to the head
// (data/value_aliases.csv).
const headOfHousehold = "Chủ hộ"

// Citizens counts golden records.
func (t *Tally) Citizens(r *record.CitizenRows) {
	t.reserve(r.N)
	t.placeCitizens(r)
	for k, c := range t.schema.CitizenColumns {
		if f := t.schema.Columns[c].Field; t.schema.ColumnOf[f] == c {
			t.citizens[f] += countFilled(&r.Clean[k], nil, r.N)
		}
	}
	for _, c := range t.cols.mandatory {
		countFilled(&r.Clean[c], t.filled, r.N)
	}
	for i := range r.N {
		p := &t.counted[t.at[i]]
		p.n[citizens]++
		p.n[citizenErrors] += one(intersects(r.Flags[i], errorCodes))
		p.n[doubtful] += one(intersects(r.Flags[i], doubtCodes))
		p.n[items] += uint64(t.filled[i])
		p.n[complete] += one(int(t.filled[i]) == len(t.cols.mandatory))
		t.countCluster(p, uint64(r.Forms[i]))
		t.household(r, i, p)
		t.residence(r, i, p)
		t.life(r, i, p)
	}
	t.people += uint64(r.N)
}

func (t *Tally) countCluster(p *place, n uint64) {
	p.n[clusterForms] += n
	p.n[merged] += n - min(n, 1)
	t.largest = max(t.largest, n)
	if n <= record.MaxClusterSize {
		t.sizes[n]++
		return
	}
	t.larger.Citizens++
	t.larger.Forms += n
}

func (t *Tally) household(r *record.CitizenRows, i int, p *place) {
	if !has(r.Clean, t.cols.household, i) {
		return
	}
	p.n[inHousehold]++
	known := has(r.Clean, t.cols.headName, i) || has(r.Clean, t.cols.headID, i) ||
		has(r.Clean, t.cols.relation, i) && string(r.Clean[t.cols.relation].At(i)) == headOfHousehold
	p.n[withHead] += one(known)
}

// residence counts where the permanent address led to.
func (t *Tally) residence(r *record.CitizenRows, i int, p *place) {
	c := &t.cols.citizenPermanent
	anew, old := has(r.Clean, c.anew, i), has(r.Clean, c.old, i)
	p.n[withCommune] += one(anew || old)
	if old {
		sure := anew && (c.candidates < 0 || bytes.IndexByte(r.Clean[c.candidates].At(i), ' ') < 0)
		p.n[unplaced] += one(!sure)
	}
}

// life counts the status and the age of what is known.
func (t *Tally) life(r *record.CitizenRows, i int, p *place) {
	s := statusOf(r.Status.At(i))
	t.status[s]++
	if s == dead || r.Flags[i].Has(reason.StatusDead) {
		p.n[deathsOf]++
		p.n[deaths] += one(s == dead)
	}
	if s != active {
		return
	}
	p.n[living]++
	seen, precision := parseISO(r.LastSeen.At(i))
	dated := precision != noDate
	p.n[undated] += one(!dated)
	if t.today == noDay {
		return
	}
	recent := dated && seen >= t.yearAgo
	p.n[seenLately] += one(recent)
	if dated {
		t.countDay(p, int(t.todayDays-seen.days()))
	}
	if t.cols.birth >= 0 && t.today.over(100, r.Clean[t.cols.birth].At(i)) {
		p.n[veryOld]++
		p.n[oldStale] += one(!recent)
	}
}

func statusOf(name []byte) int {
	for s := 1; s < numStatuses; s++ {
		if string(name) == statusNames[s] {
			return s
		}
	}
	return active
}
