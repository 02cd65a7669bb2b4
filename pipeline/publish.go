package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/dusach/dusach/pipeline/merge"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// rowsPerPart is about how many rows a part of a table has. How many parts
// there are depends on the number of rows alone; where one ends, on the
// person_id alone.
var rowsPerPart = 1 << 18 // tests make it less

// parts returns the number of parts of n rows: a power of two, at most one a
// bucket.
func parts(n int) int {
	p := 1
	for p < shelves && p*rowsPerPart < n {
		p *= 2
	}
	return p
}

// publishAll merges the forms of each citizen and writes every table of the
// snapshot. Forms go out person by person; citizens are shelved by province on
// the way and written after.
func (p *Pipeline) publishAll(r *run, clusters *record.Clusters, links []record.Link) error {
	return p.publishFound(r, clusters, links, p.found(r, clusters, links))
}

// publishFound does so where the findings of each record are known.
func (p *Pipeline) publishFound(r *run, clusters *record.Clusters, links []record.Link, extra []findings) error {
	g := &gatherer{cellar: r.cellar, clusters: clusters, extra: extra}
	if err := p.markSettled(r, clusters, links, extra); err != nil {
		return err
	}
	defer g.close()
	if r.once {
		r.cellar.known.Forget()
	}
	if err := p.move(r, g); err != nil {
		return err
	}
	r.spilled(g.moved)
	n := parts(int(r.counts.Forms))
	byProvince := make([]*state.Shelf, n)
	tallies := make([]*report.Tally, p.cfg.Workers)
	var next atomic.Int64
	err := each(p.cfg.Workers, func(w int) error {
		tally, err := report.NewTally(p.cfg.Schema(), r.today)
		if err != nil {
			return err
		}
		tallies[w] = tally
		out := &publisher{walk: walk{ctx: r.ctx}, count: &counter{all: tally}, merge: merge.New(merge.Config{ProvinceOf: provinceOf})}
		for {
			part := int(next.Add(1)) - 1
			if part >= n {
				r.addTimes(&out.walk)
				return out.err
			}
			if byProvince[part], err = r.wrote(g, part, n, tally); byProvince[part] == nil && err == nil {
				byProvince[part], err = p.publishPart(r, g, out, part, n)
			}
			if err != nil {
				next.Store(int64(n))
				return err
			}
		}
	})
	defer r.closeShelves(byProvince)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		r.tally.Merge(t)
	}
	r.draft.Rest()
	rest := []func() error{ // none reads what another writes
		func() error { return p.publishCitizens(r, byProvince) },
		func() error { return p.publishLinks(r, clusters, links) },
		func() error { return p.publishSplits(r, clusters) },
		func() error { return p.publishHistory(r, clusters) },
		func() error { return p.publishOrigins(r) },
	}
	return each(len(rest), func(i int) error { return rest[i]() })
}

// publishPart writes the forms of part of n and shelves their citizens.
func (p *Pipeline) publishPart(r *run, g *gatherer, w *publisher, part, n int) (*state.Shelf, error) {
	forms, err := r.draft.Forms(part)
	if err != nil {
		return nil, err
	}
	citizens, err := p.scratchShelf(r, citizensOf(part), citizensBuckets)
	if err != nil {
		return nil, err
	}
	if w.count.part, err = report.NewTally(p.cfg.Schema(), r.today); err != nil {
		return citizens, err
	}
	out := citizens.Writer()
	for b := part * shelves / n; b < (part+1)*shelves/n; b++ {
		if err := r.ctx.Err(); err != nil {
			return citizens, err
		}
		start := time.Now()
		if err := g.gather(b, &w.bucket); err != nil {
			return citizens, err
		}
		w.spent(roomKeep, start, w.bucket.rows.N)
		p.publish(w, &w.bucket.group, forms)
		if w.err != nil {
			return citizens, w.err
		}
		if err := w.shelve(out); err != nil {
			return citizens, err
		}
		r.progress.Stage("merge", r.done.Add(int64(w.bucket.rows.N)), int64(r.cellar.known.Len()))
	}
	if err := errors.Join(out.Put(citizensCounted, w.count.part.Append(w.row[:0])), out.Close(), forms.Close()); err != nil {
		return citizens, err
	}
	w.count.all.Merge(w.count.part)
	return citizens, r.markPart(g, part, n)
}

// provinces is one more than the greatest province code.
const provinces = 100

func (w *publisher) shelve(to *state.Writer) error {
	for i := range w.citizens.N {
		w.row = state.AppendCitizen(w.row[:0], &w.citizens, i)
		if err := to.Put(int(w.citizens.Province[i]), w.row); err != nil {
			return err
		}
	}
	return nil
}

// publishCitizens writes the table citizens, province by province.
func (p *Pipeline) publishCitizens(r *run, byProvince []*state.Shelf) error {
	all := 0
	for code := range provinces {
		all += count(byProvince, code)
	}
	r.toWrite = int64(all)
	var next atomic.Int64
	return each(p.cfg.Workers, func(int) error {
		var rows record.CitizenRows
		for {
			code := int(next.Add(1)) - 1
			if code >= provinces {
				return nil
			}
			if r.wroteProvince(uint8(code)) {
				continue
			}
			start := time.Now()
			n, err := p.publishProvince(r, byProvince, uint8(code), &rows)
			if err != nil {
				next.Store(provinces)
				return fmt.Errorf("citizens of province %02d: %w", code, err)
			}
			var w walk
			w.spent(roomSnapshot, start, n)
			r.addTimes(&w)
		}
	})
}

// citizenBatch is how many citizens go to the writer at once.
const citizenBatch = 1024

// tellEach is after how many citizens progress is told.
const tellEach = 32 << 10

// publishProvince writes the citizens of a province. Shelves come in the order
// of their person_ids, so the parts are sorted as they are.
func (p *Pipeline) publishProvince(r *run, byProvince []*state.Shelf, code uint8, rows *record.CitizenRows) (n int, err error) {
	out := citizenWriter{draft: r.draft, province: code, rows: rows, parts: parts(count(byProvince, int(code)))}
	rows.Reset(p.cfg.Schema())
	for _, shelf := range byProvince {
		err := shelf.Bucket(int(code), func(row []byte) error {
			if n++; n%tellEach == 0 {
				r.progress.Stage("snapshot", r.citizens.Add(tellEach), r.toWrite)
			}
			return out.add(row)
		})
		if err != nil {
			return n, err
		}
	}
	if err := cmp.Or(out.close(), r.markProvince(code)); err != nil {
		return n, err
	}
	for _, shelf := range byProvince {
		shelf.Free(int(code))
	}
	if rest := int64(n % tellEach); rest > 0 {
		r.progress.Stage("snapshot", r.citizens.Add(rest), r.toWrite)
	}
	return n, nil
}

func count(shelves []*state.Shelf, bucket int) (n int) {
	for _, s := range shelves {
		n += s.Rows(bucket)
	}
	return n
}

// citizenWriter cuts the citizens of a province into parts by person_id.
type citizenWriter struct {
	draft    *snapshot.Draft
	province uint8
	parts    int
	rows     *record.CitizenRows
	part     int
	open     *snapshot.CitizensWriter
}

func (w *citizenWriter) add(row []byte) error {
	if err := state.ReadCitizen(row, w.rows); err != nil {
		return err
	}
	last := w.rows.N - 1
	key, ok := record.ParsePerson(w.rows.Person.At(last))
	if !ok {
		panic("BUG: a citizen without a person_id")
	}
	if part := int(key[0]) * w.parts / shelves; w.open == nil || part != w.part {
		return w.turn(part, row)
	}
	if w.rows.N < citizenBatch {
		return nil
	}
	return w.flush()
}

// turn ends the open part before the row that was just read and begins the
// next with it.
func (w *citizenWriter) turn(part int, row []byte) error {
	if w.open != nil {
		w.rows.Drop()
		if err := w.close(); err != nil {
			return err
		}
		if err := state.ReadCitizen(row, w.rows); err != nil {
			return err
		}
	}
	var err error
	w.part = part
	w.open, err = w.draft.Citizens(w.province, part)
	return err
}

func (w *citizenWriter) flush() error {
	err := w.open.WriteRows(w.rows)
	w.rows.Reset(w.rows.Schema)
	return err
}

func (w *citizenWriter) close() error {
	if w.open == nil {
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	err := w.open.Close()
	w.open = nil
	return err
}

func (r *run) closeShelves(shelves []*state.Shelf) {
	for _, s := range shelves {
		if s != nil {
			r.spilled(s)
			if r.log == nil { // which else closes its own
				s.Close()
			}
		}
	}
}
