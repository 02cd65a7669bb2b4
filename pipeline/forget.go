package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/dusach/dusach/pipeline/audit"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/standardize"
)

// ForgetJob is forms to erase from a store.
type ForgetJob struct {
	Store     string
	IDs       []string // of forms as they are published, of refused forms, or person_ids: all forms of the person
	WholeID   bool     // whatever comes under the ids of the forms is forgotten too, not these forms alone
	By, Why   string   // for the audit log
	Time      time.Time
	ForgetKey string // as in Job
	NewEpoch  bool   // the rest may be decided anew under the model and rules of this house
	Today     string
	Lang      string
	Version   string
	Command   string
}

// Erased is what Forget did, or would do.
type Erased struct {
	Forms     int64    `json:"forms"`
	Refusals  int64    `json:"refusals"`
	Persons   int64    `json:"persons"`   // whose forms they were
	Withdrawn []string `json:"withdrawn"` // snapshots that held them
	Summary   *Summary `json:"summary,omitempty"`
}

// Forget erases forms: it publishes a snapshot without them, in which what is
// left is as if they had never come, withdraws the snapshots that hold them,
// removes the state, and leaves a tombstone by which each is known if it comes
// again. Until the successor is published the store is as it was; after that the
// erasure is finished, if not by this run then by the next writer of the store.
func (p *Pipeline) Forget(ctx context.Context, job ForgetJob, progress Progress) (out *Erased, err error) {
	start := time.Now()
	lease, err := snapshot.TakeLease(job.Store, job.Command)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lease.Release()) }()
	if err := dropScratch(job.Store); err != nil { // it may hold what is to be erased
		return nil, err
	}
	if err := p.publishPending(ctx, job, lease, progress); err != nil {
		return nil, err
	}
	current, err := snapshot.Open(job.Store, "")
	if err != nil {
		return nil, err
	}
	if err := p.sameEpoch(current, job.NewEpoch); err != nil {
		return nil, err
	}
	e, out, err := p.find(ctx, current, &job)
	if err != nil {
		return nil, err
	}
	if err := e.bury(current, &job); err != nil {
		return nil, err
	}
	if out.Withdrawn, err = p.holders(ctx, e, current); err != nil {
		return nil, err
	}
	e.entry = &audit.Entry{Time: job.Time.UTC().Format(time.RFC3339), Action: "forget", By: job.By, Why: job.Why, Withdrawn: out.Withdrawn}
	out.Summary, err = p.publishWithout(ctx, e, &job, lease, progress, start)
	return out, err
}

// WouldForget says what Forget would do, and changes nothing. Forms that a live
// run has not published yet are not seen.
func (p *Pipeline) WouldForget(ctx context.Context, job ForgetJob) (*Erased, error) {
	current, err := snapshot.Open(job.Store, "")
	if err != nil {
		return nil, err
	}
	e, out, err := p.find(ctx, current, &job)
	if err != nil {
		return nil, err
	}
	e.fresh = erasure.New(erasure.NewKey())
	e.mark(e.fresh.Seeker(), &job)
	out.Withdrawn, err = p.holders(ctx, e, current)
	return out, err
}

// sameEpoch refuses to erase under another model or other rules than those of
// the store: that would decide anew on people who have nothing to do with it.
func (p *Pipeline) sameEpoch(s *snapshot.Snapshot, renew bool) error {
	if err := p.sameType(s); err != nil || renew || p.cfg.Learn {
		return err
	}
	have, ours := s.Manifest.Epoch, p.epoch()
	ours.Normalize = have.Normalize // a newer one may read more, and is meant to
	if have == ours {
		return nil
	}
	return say.Errorf("bản chụp %s được làm với mô hình, luật gom hoặc ngưỡng khác: hãy chọn tệp mô hình bằng --model, hoặc chấp nhận xét lại mọi công dân bằng --new-epoch",
		"snapshot %s was made under another model, rules or thresholds: name the model's file with --model, or accept with --new-epoch that all citizens are decided anew", s.Number)
}

// publishPending publishes what a live run took in and did not publish, so that
// nothing of it is lost with the state.
func (p *Pipeline) publishPending(ctx context.Context, job ForgetJob, lease *snapshot.Lease, progress Progress) (err error) {
	if _, err := os.Stat(liveDir(job.Store)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	l := newLive(LiveJob{Store: job.Store, StopAtEnd: true, Today: job.Today, Lang: job.Lang, Version: job.Version,
		Command: job.Command, ForgetKey: job.ForgetKey}, lease, progress)
	current, there, err := l.open(p)
	if l.memory != nil {
		defer func() { err = errors.Join(err, l.log.Close()) }()
	}
	if err != nil || !there {
		return err
	}
	waiting := l.head.unpublished()
	ours, err := l.reconcile(current)
	if ours && l.head.unpublished() > 0 {
		if err := l.load(ctx); err != nil {
			return err
		}
		defer l.others.Wait()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		return l.end(ctx, nil)
	}
	if err == nil && !ours && waiting > 0 {
		err = say.Errorf("kho %s: dusach live đã nhận %d phiếu chưa công bố, dưới mô hình khác hoặc trước một lần ghi khác: hãy chạy dusach live --stop-at-end trước, rồi xóa",
			"store %s: dusach live took in %d forms that are not published, under another model or before another command wrote the store: run dusach live --stop-at-end first, then erase", job.Store, waiting)
	}
	return err
}

// publishWithout publishes the snapshot without the forms.
func (p *Pipeline) publishWithout(ctx context.Context, e *erasing, job *ForgetJob, lease *snapshot.Lease, progress Progress, start time.Time) (s *Summary, err error) {
	draft, err := snapshot.Begin(ctx, job.Store, snapshot.Options{Schema: p.cfg.Schema(), Version: job.Version, Command: job.Command, Lease: lease})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, draft.Abort())
		}
	}()
	j := Job{Store: job.Store, Today: job.Today, Lang: job.Lang, Version: job.Version, Command: job.Command, ForgetKey: job.ForgetKey}
	r, err := p.begin(ctx, j, draft, progress)
	if err != nil {
		return nil, err
	}
	defer r.cellar.shelf.Close()
	r.erase, r.erased, r.before.erase = e, e.all, e
	r.ledger = r.ledger.Without(e.named())
	r.meter.start()
	if err := p.step(r); err != nil {
		return nil, err
	}
	if err := p.finish(r, j); err != nil {
		return nil, err
	}
	return p.summary(r, j, time.Since(start)), nil
}

// tombstonesOf returns the tombstones of a snapshot, nil where it has none.
func tombstonesOf(s *snapshot.Snapshot, keyFile string) (*erasure.Tombstones, error) {
	data, err := s.ReadFile(erasure.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := erasure.ReadKey(erasure.KeyFile(s.Store, keyFile))
	if err != nil {
		return nil, say.Errorf("kho %s có phiếu đã xóa theo yêu cầu, không được nhận lại: %w", "store %s has lawfully erased forms, which may not come back: %w", s.Store, err)
	}
	return erasure.Read(data, key)
}

// bury sets the tombstones of what was found.
func (e *erasing) bury(s *snapshot.Snapshot, job *ForgetJob) (err error) {
	if e.all, err = tombstonesOf(s, job.ForgetKey); err != nil {
		return err
	}
	if e.all == nil {
		key, err := keyFor(job)
		if err != nil {
			return err
		}
		e.all = erasure.New(key)
	}
	before, err := erasure.Listed(e.all.Encode())
	if err != nil {
		return err
	}
	e.before = before
	e.fresh = e.all.Empty()
	e.mark(e.fresh.Seeker(), job)
	e.mark(e.all.Seeker(), job)
	return nil
}

// keyFor returns the key of a store without tombstones: the one that the user
// names, the store's own, or a new one.
func keyFor(job *ForgetJob) (*erasure.Key, error) {
	file := erasure.KeyFile(job.Store, job.ForgetKey)
	key, err := erasure.ReadKey(file)
	if job.ForgetKey != "" || !errors.Is(err, erasure.ErrNoKey) {
		return key, err
	}
	return erasure.MakeKey(file)
}

// mark sets a tombstone for everything that is to be erased.
func (e *erasing) mark(to *erasure.Seeker, job *ForgetJob) {
	for i := range e.forms {
		if f := &e.forms[i]; job.WholeID {
			to.AddID(f.id)
		} else {
			to.AddForm(f.id, f.content)
		}
	}
	for _, raw := range e.rows {
		to.AddRefusal(raw)
	}
}

// standardizer returns the room of clean records; erased forms end in it.
func (p *Pipeline) standardizer(erased *erasure.Tombstones) *standardize.Stage {
	return standardize.New(p.cfg.Packing, standardize.Options{Today: p.cfg.Epoch, Erased: seekerIn(erased)})
}

func seekerIn(erased *erasure.Tombstones) record.Erased {
	if erased == nil || erased.Len() == 0 {
		return nil
	}
	return erased.Seeker()
}

func (r *run) seeker() record.Erased { return seekerIn(r.erased) }

// errErasedIsThere is a store that contradicts itself.
var errErasedIsThere = say.Errorf("kho còn chứa phiếu mà chính nó ghi là đã xóa: hãy chạy dusach verify --all", "the store holds forms that it says were erased: run dusach verify --all")

// mergeRefusals puts the refusals of both rooms together, without those that were
// erased.
func (w *reader) mergeRefusals(out *record.Cleaned) {
	w.refused.Merge(&out.Refused, &w.decoded.Refused)
	out.Refused, w.refused = w.refused, out.Refused
	if w.seeker == nil {
		return
	}
	kept := &w.refused
	kept.Reset()
	for i := range out.Refused.Len() {
		if from := &out.Refused; w.seeker.HasRefusal(from.Key.At(i), from.Raw.At(i)) {
			out.Forgotten = append(out.Forgotten, from.Origin[i])
		} else {
			kept.Append(from.Key.At(i), from.Office.At(i), from.Raw.At(i), from.Origin[i], from.Codes[i])
		}
	}
	out.Refused, w.refused = *kept, out.Refused
}

// named are the ids by which people may have named what is erased, as a set.
func (e *erasing) named() map[string]bool {
	set := map[string]bool{}
	for _, ids := range []map[string]bool{e.published, e.came, e.asked} {
		for id := range ids {
			set[id] = true
		}
	}
	return set
}

// names are the same, in order.
func (e *erasing) names() []string { return slices.Sorted(maps.Keys(e.named())) }

// enter completes the audit entry by what the run has erased.
func (e *erasing) enter(r *run) *audit.Entry {
	e.entry.Forms, e.entry.Refusals, e.entry.Repeats = e.dropped, e.refused, e.repeats
	e.entry.Tombstones = e.all.Since(e.before)
	return e.entry
}
