package pipeline

import (
	"errors"
	"fmt"

	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/state"
)

// A partMark says that a part of the forms is written: its file, and its citizens with
// what was counted of both on a shelf. Its rows are not needed any more.
type partMark struct {
	Part  int
	Files []snapshot.File
}

// A provinceMark says that the citizens of a province are written.
type provinceMark struct {
	Province uint8
	Files    []snapshot.File
}

// The buckets of a shelf of citizens: one a province, and what was counted.
const (
	citizensCounted = provinces
	citizensBuckets = provinces + 1
)

func citizensOf(part int) string { return fmt.Sprintf("%s%05d", shelfCitizens, part) }

// files are those that an earlier process left in the draft.
func (l *logbook) files() (all []snapshot.File) {
	if l == nil || l.taken == nil {
		return nil
	}
	for _, m := range l.taken.parts {
		all = append(all, m.Files...)
	}
	for _, m := range l.taken.provinces {
		all = append(all, m.Files...)
	}
	return all
}

// adopt keeps of the draft of an earlier process what is complete.
func (r *run) adopt() error {
	err := r.draft.Adopt(r.log.files())
	if errors.Is(err, snapshot.ErrLost) {
		err = fmt.Errorf("%w: %w", state.ErrDamaged, err)
	}
	return err
}

// scratchShelf makes a shelf: one that an earlier process may have left, where a
// process can go on with it.
func (p *Pipeline) scratchShelf(r *run, name string, buckets int) (*state.Shelf, error) {
	if r.log == nil {
		return state.NewShelf(p.cfg.Tmp, buckets)
	}
	return r.log.open(name, buckets)
}

// wrote reports whether an earlier process wrote a part, and brings back what it
// counted.
func (r *run) wrote(g *gatherer, part, n int, tally *report.Tally) (*state.Shelf, error) {
	l := r.log
	if l == nil || l.taken == nil || l.taken.parts[part] == nil {
		return nil, nil
	}
	shelf := l.shelf(citizensOf(part))
	if shelf == nil || shelf.Rows(citizensCounted) != 1 {
		return nil, state.ErrDamaged
	}
	g.freePart(part, n)
	return shelf, shelf.Bucket(citizensCounted, tally.Add)
}

// markPart writes down that a part is written, and gives its rows back to the disk.
func (r *run) markPart(g *gatherer, part, n int) error {
	if r.log != nil {
		files, err := r.draft.Durable(formsPart(part))
		if err != nil {
			return err
		}
		if err := r.log.noteNow(&logEntry{Part: &partMark{part, files}}, citizensOf(part)); err != nil {
			return err
		}
	}
	g.freePart(part, n)
	return nil
}

func formsPart(part int) string { return fmt.Sprintf("%s/part-%05d.", snapshot.TableForms, part) }

// freePart gives the rows of a part back to the disk.
func (g *gatherer) freePart(part, n int) {
	for b := part * shelves / n; b < (part+1)*shelves/n; b++ {
		g.free(b)
	}
}

// markProvince writes down that the citizens of a province are written.
func (r *run) markProvince(code uint8) error {
	if r.log == nil {
		return nil
	}
	files, err := r.draft.Durable(fmt.Sprintf("%s/province=%02d/", snapshot.TableCitizens, code))
	if err != nil || len(files) == 0 {
		return err
	}
	return r.log.noteNow(&logEntry{Province: &provinceMark{code, files}}, []string{}...)
}

// wroteProvince reports whether an earlier process wrote the citizens of a province.
func (r *run) wroteProvince(code uint8) bool {
	return r.log != nil && r.log.taken != nil && r.log.taken.provinces[code] != nil
}

// move puts the rows onto a shelf whose person lives in another bucket, unless an
// earlier process has.
func (p *Pipeline) move(r *run, g *gatherer) error {
	l := r.log
	g.kept = l != nil
	if l != nil && l.taken != nil {
		if l.taken.moved {
			if g.moved = l.shelf(shelfMoved); g.moved == nil {
				return state.ErrDamaged
			}
			return nil
		}
	}
	to, err := p.scratchShelf(r, shelfMoved, shelves)
	if err != nil {
		return err
	}
	if err := g.move(to, p.cfg.Workers); err != nil || l == nil {
		return err
	}
	return l.note(&logEntry{Moved: true}, shelfMoved)
}
