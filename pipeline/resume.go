package pipeline

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/state"
)

// defaultMark is after how many forms a run writes down how far it has read: it costs
// a pause of all workers, and a killed run reads at most so many forms again.
const defaultMark = 2_000_000

// Unfinished is a run that was ended by what its user can mend, and that the same
// call goes on with.
type Unfinished struct{ Err error }

func (e *Unfinished) Error() string { return say.Text(e.say(), "en") }

// In says it in a language.
func (e *Unfinished) In(lang string) string { return say.Text(e.say(), lang) }

// Unwrap returns what ended the run.
func (e *Unfinished) Unwrap() error { return e.Err }

func (e *Unfinished) say() error {
	return say.Errorf("%w; phần đã làm được giữ lại: chạy lại đúng lệnh này để đi tiếp (với --tmp khác thì làm lại từ đầu)",
		"%w; what was done is kept: run the same command again to go on (with another --tmp it begins anew)", e.Err)
}

// goneWrong is a run that could not go on from what it found.
type goneWrong struct{ error }

// Resumed says from where a run goes on.
type Resumed struct {
	Published string // the snapshot: nothing is left to do
	Forms     int64  // that were read before
	Whole     bool   // all were
	Rules, Of int    // of the blocking rules, judged before
	Settled   bool   // it is known who is who
	Parts     int    // of the forms, written before
	OfParts   int
}

// A ResumeTeller is a Progress that wants to know from where a run goes on.
type ResumeTeller interface {
	Resumed(Resumed)
}

// goOn opens the logbook of a run, and takes up what an earlier process did for the
// same commission.
func (p *Pipeline) goOn(r *run, job *Job) error {
	folder := scratchOf(job.Store)
	if !p.canGoOn(r) {
		return errors.Join(r.adopt(), dropScratch(job.Store))
	}
	c, err := p.commission(r, job)
	if err != nil {
		return err
	}
	if folder != "" && !p.cfg.Restart {
		if s := publishedBefore(folder, r.draft.Previous, c); s != nil {
			if t, ok := r.progress.(ResumeTeller); ok {
				t.Resumed(Resumed{Published: s.Snapshot})
			}
			return cmp.Or(dropScratch(job.Store), error(&alreadyDone{s}))
		}
	}
	var l *logbook
	if folder != "" {
		why := "asked"
		if tmp, e := filepath.Abs(cmp.Or(p.cfg.Tmp, os.TempDir())); !p.cfg.Restart && (e != nil || filepath.Dir(folder) != tmp) {
			why = "tmp" // its disk may be the one that is full
		} else if !p.cfg.Restart {
			l, why, err = takeUp(job.Store, folder, c)
		}
		if errors.Is(err, state.ErrInUse) {
			why, err = "copied", nil
		}
		if errors.Is(err, state.ErrDamaged) {
			why, err = "damaged", nil
		}
		if err != nil {
			return err
		}
		if l == nil && why != "nothing" {
			r.progress.Warn(beganAnew(why))
		}
	}
	if l == nil {
		if err := dropScratch(job.Store); err != nil {
			return err
		}
		if l, err = newLogbook(job.Store, p.cfg.Tmp, c); err != nil {
			return err
		}
	}
	r.log = l
	if err := r.adopt(); err != nil {
		return err
	}
	if l.every = p.cfg.Mark; l.every == 0 {
		l.every = defaultMark
	}
	return p.furnish(r)
}

// furnish gives a run the cellar of its logbook.
func (p *Pipeline) furnish(r *run) error {
	l := r.log
	if err := r.cellar.close(); err != nil {
		return err
	}
	var err error
	if r.cellar, err = newCellarOf(p.cfg.Packing, l.open); err != nil {
		return err
	}
	r.cellar.learns = p.cfg.Learn
	if l.taken != nil {
		if err := l.restore(r); err != nil {
			return err
		}
		p.tellResumed(r)
	}
	if l.settled() {
		return nil
	}
	s, err := l.open(shelfMemo, memoBuckets)
	if err == nil {
		r.cellar.memo = newMemo(s, &r.cellar.known)
	}
	return err
}

func (p *Pipeline) tellResumed(r *run) {
	t, ok := r.progress.(ResumeTeller)
	if !ok {
		return
	}
	was := r.log.taken
	told := Resumed{Forms: int64(was.read.Forms), Whole: was.read.Whole, Of: len(p.cfg.Rules)}
	if was.judged != nil {
		told.Rules = was.judged.Rules
	}
	told.Settled, told.Parts, told.OfParts = was.settled != nil, len(was.parts), parts(was.read.Forms)
	t.Resumed(told)
}

// leave ends what a run holds on to, and says of its error whether it can go on.
func (p *Pipeline) leave(r *run, err error) error {
	if r.log == nil {
		_ = r.cellar.close()
		return err
	}
	_ = r.log.settle() // its error, if any, is what err is about or follows
	wrong := r.log.taken != nil && errors.Is(err, state.ErrDamaged)
	keep := err != nil && !wrong && mendable(err) && r.log.marks > 0
	e := r.log.close(keep)
	switch {
	case err == nil:
		return nil // it is published: what is left of scratch, the next run removes
	case wrong:
		return &goneWrong{err}
	case keep && (e == nil || mendable(e)):
		return &Unfinished{err}
	}
	return err
}

// mendable reports whether a user who does something about an error can go on.
func mendable(err error) bool {
	var memory *lackOfMemory
	return errors.Is(err, context.Canceled) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.As(err, &memory)
}

// newShelver returns a shelver of the run.
func (r *run) newShelver() *shelver {
	s := r.cellar.shelver(r.draft != nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shelving = append(r.shelving, s)
	return s
}

// markRead writes down how far forms were read. It waits until every bite on its way
// is kept, which is when all that bites are kept in are free.
func (r *run) markRead(ctx context.Context, free chan *record.Cleaned, whole bool) error {
	all := make([]*record.Cleaned, 0, cap(free))
	for len(all) < cap(free) {
		select {
		case c := <-free:
			all = append(all, c)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	r.mu.Lock()
	shelving := r.shelving
	r.mu.Unlock()
	for _, s := range shelving {
		if err := s.flush(); err != nil {
			return err
		}
	}
	c, l := r.cellar, r.log
	if err := errors.Join(c.came.Flush(), c.memo.out.Flush()); err != nil {
		return err
	}
	at := r.reader.Position()
	m := &readMark{Whole: whole, Done: at.Done[l.inputs:], Rows: at.Rows, Bases: c.base[l.bites:],
		Forms: c.known.Len(), Counts: r.counts, BySource: r.bySource, Latest: c.latest}
	if r.before != nil {
		m.Replayed = r.before.forms
	}
	if err := l.note(&logEntry{Read: m}); err != nil {
		return err
	}
	l.inputs, l.bites = len(at.Done), len(c.base)
	for _, c := range all {
		free <- c
	}
	return nil
}

// awardsMark is what became of the claims on form ids.
type awardsMark struct {
	Repeats []uint32
	Kept    []uint32
	Renamed []renaming
}

type renaming struct {
	Number  uint32
	Content [16]byte
}

// resolve finds forms under one id, or remembers which they are. Claims are not needed
// after, unless a model is to be learnt.
func (r *run) resolve(workers int) (repeats int, err error) {
	c, l := r.cellar, r.log
	if l != nil && l.taken != nil && l.taken.resolved != nil {
		m := l.taken.resolved
		c.repeats = make([]bool, c.known.Len())
		a := awards{repeats: m.Repeats, kept: m.Kept}
		for _, one := range m.Renamed {
			a.renamed = append(a.renamed, claim{number: one.Number, content: one.Content})
		}
		c.apply(&a)
		return len(m.Repeats), nil
	}
	if repeats, err = c.resolve(workers); err != nil || l == nil {
		return repeats, err
	}
	m := &awardsMark{}
	for i, is := range c.repeats {
		if is {
			m.Repeats = append(m.Repeats, uint32(i))
		}
	}
	for i := range c.kept {
		m.Kept = append(m.Kept, i)
	}
	for i, content := range c.renamed {
		m.Renamed = append(m.Renamed, renaming{i, content})
	}
	var gone []string
	if !c.learns {
		gone = []string{shelfClaims}
	}
	return repeats, l.noteGone(&logEntry{Resolved: m}, gone)
}
