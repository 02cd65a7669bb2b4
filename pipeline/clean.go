package pipeline

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/erasure"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// Job is one batch to clean.
type Job struct {
	Inputs  []string // files, folders, globs, "-"
	Store   string
	Fresh   bool   // begin from nothing, whatever the store holds
	Today   string // ISO date of the scorecard; "": the latest collection date
	Lang    string // of the report: "vi" or "en"
	Version string // of dusach
	Command string // for whoever finds the store in use
	// ForgetKey is the file of the key under which erased forms are marked; "":
	// the one in the store.
	ForgetKey string
	// MaxWrong ends the run unpublished where more pairs per million forms may be
	// merged wrongly, see WrongMerges; nil: whatever comes.
	MaxWrong *float64
}

// Summary is what a run did.
type Summary struct {
	Store    string          `json:"store"`
	Snapshot string          `json:"snapshot"`
	Report   string          `json:"report"`
	Counts   snapshot.Counts `json:"counts"`
	Reviews  int64           `json:"reviews"`
	Pairs    uint64          `json:"pairs"`
	Wrong    *WrongMerges    `json:"wrong_merges,omitempty"`
	Damaged  []string        `json:"damaged_files"`
	Stages   []StageTime     `json:"stages"`
	// Model is the file of the model that was learnt from the records, "" where
	// one was given.
	Model   string        `json:"model_learnt,omitempty"`
	Elapsed time.Duration `json:"elapsed_ns"`
	Usage   *Usage        `json:"usage,omitempty"`
}

// Clean reads a batch, cleans it and publishes it as the next snapshot of its
// store. Whatever goes wrong before the last step leaves the store as it was. With
// Config.Resume the error is Unfinished where the same call goes on from what was
// done; so it does after the process was killed.
func (p *Pipeline) Clean(ctx context.Context, job Job, progress Progress) (*Summary, error) {
	house := *p // without what a run that is given up has learnt
	s, err := p.clean(ctx, job, progress)
	if again := (*goneWrong)(nil); errors.As(err, &again) {
		progress.Warn(beganAnew("damaged"))
		*p = house
		return p.clean(ctx, job, progress)
	}
	return s, err
}

func (p *Pipeline) clean(ctx context.Context, job Job, progress Progress) (s *Summary, err error) {
	start := time.Now()
	draft, err := snapshot.Begin(ctx, job.Store, snapshot.Options{Schema: p.cfg.Schema(), Version: job.Version, Command: job.Command, Keep: p.cfg.Resume})
	if err != nil {
		return nil, err
	}
	defer func() {
		if unfinished := (*Unfinished)(nil); errors.As(err, &unfinished) {
			_ = draft.Suspend()
		} else if err != nil {
			draft.Abort()
		}
	}()
	r, err := p.begin(ctx, job, draft, progress)
	if err != nil {
		return nil, err
	}
	defer func() { err = p.leave(r, err) }()
	if err := p.goOn(r, &job); err != nil {
		if before := (*alreadyDone)(nil); errors.As(err, &before) {
			draft.Abort()
			return before.summary, nil
		}
		return nil, err
	}
	r.meter.start()
	if err := p.checkSpace(r, job.Store); err != nil {
		return nil, err
	}
	if err := p.step(r); err != nil {
		return nil, err
	}
	if err := p.finish(r, job); err != nil {
		return nil, err
	}
	s = p.summary(r, job, time.Since(start))
	usage := r.measured()
	s.Usage = &usage
	return s, nil
}

// begin opens what a run needs.
func (p *Pipeline) begin(ctx context.Context, job Job, draft *snapshot.Draft, progress Progress) (*run, error) {
	r, err := p.newRun(ctx, job.Inputs, p.cfg.Intake, progress)
	if err != nil {
		return nil, err
	}
	r.draft, r.today, r.once, r.job = draft, job.Today, true, &job
	if r.ledger, err = review.Read(job.Store); err != nil {
		return nil, err
	}
	if r.refused, err = report.NewTally(p.cfg.Schema(), ""); err != nil {
		return nil, err
	}
	if r.quarantine, err = draft.Quarantine(0, r.reader.Sources()); err != nil {
		return nil, err
	}
	if r.origins, err = draft.Origins(0, r.reader.Sources()); err != nil {
		return nil, err
	}
	if draft.Previous == "" {
		return r, nil
	}
	s, err := snapshot.Open(job.Store, draft.Previous)
	if err != nil {
		if job.Fresh && !snapshot.Audited(job.Store) {
			return r, nil
		}
		return nil, err
	}
	if r.erased, err = tombstonesOf(s, job.ForgetKey); err != nil {
		return nil, err
	}
	if !job.Fresh {
		if err = p.sameType(s); err != nil {
			return nil, err
		}
		r.before = &before{snapshot: s, ids: map[uint32][]byte{}}
		r.topics = topicsOf(s.Manifest)
	}
	return r, p.fitsInputs(r)
}

// sameType refuses a store of another record type than that of the run.
func (p *Pipeline) sameType(s *snapshot.Snapshot) error {
	same := func(a, b record.FieldDef) bool { return a.Name == b.Name && a.Kind == b.Kind }
	if ours := p.cfg.Schema(); !slices.EqualFunc(ours.Fields, s.Schema.Fields, same) {
		return say.Errorf("kho %s chứa bản ghi loại %q, lần chạy này đọc loại %q: hãy chọn --config của kho, một kho khác, hoặc --fresh",
			"store %s holds records of type %q, this run reads %q: name the store's --config, another store, or --fresh", s.Store, s.Schema.Name, ours.Name)
	}
	return nil
}

// newRun returns a run over inputs that publishes nothing.
func (p *Pipeline) newRun(ctx context.Context, inputs []string, in intake.Options, progress Progress) (*run, error) {
	in.Schema, in.Rows, in.Strict, in.TmpDir = p.cfg.Schema(), p.batchSize(), p.cfg.Strict, p.cfg.Tmp
	in.Parquet = decode.OpenParquet
	cellar, err := newCellar(p.cfg.Packing, p.cfg.Tmp)
	if err != nil {
		return nil, err
	}
	return &run{ctx: ctx, progress: progress, cellar: cellar, reader: intake.New(inputs, in), pairs: record.NewPairCounts(p.cfg.RuleNames())}, nil
}

// setToday sets the date of the scorecard where the user did not.
func (r *run) setToday() error {
	if r.today == "" {
		latest := r.cellar.latest
		if latest.Day() > 0 {
			r.today = string(appendISO(nil, latest))
		}
	}
	var err error
	r.tally, err = report.NewTally(r.cellar.known.Packing.Schema, r.today)
	if err == nil {
		r.tally.Merge(r.refused)
	}
	return err
}

// finish writes scorecard and report and publishes the snapshot.
func (p *Pipeline) finish(r *run, job Job) error {
	score := p.scorecard(r, job)
	r.counts.Citizens = int64(score.Counts.Citizens)
	var figures bytes.Buffer
	if err := score.Encode(&figures); err != nil {
		return err
	}
	if err := r.draft.WriteFile("scorecard.json", figures.Bytes()); err != nil {
		return err
	}
	page, err := renderReport(score, job.Lang)
	if err != nil {
		return err
	}
	if err := r.draft.WriteFile("report.html", page); err != nil {
		return err
	}
	if err := p.keepConfig(r); err != nil {
		return err
	}
	if r.erased != nil {
		if err := r.draft.WriteFile(erasure.FileName, r.erased.Encode()); err != nil {
			return err
		}
	}
	if r.erase != nil {
		return r.draft.PublishErasing(p.manifest(r), r.erase.enter(r), r.erase.names())
	}
	if err := p.markPublished(r, job); err != nil {
		return err
	}
	return r.draft.Publish(p.manifest(r))
}

func (p *Pipeline) scorecard(r *run, job Job) *record.Scorecard {
	t := p.cfg.Model.Thresholds
	for i, name := range r.reader.Sources().Names() {
		for i >= len(r.bySource) {
			r.bySource = append(r.bySource, record.SourceCount{})
		}
		r.bySource[i].Name = name
	}
	return r.tally.Scorecard(report.Facts{
		Snapshot: r.draft.Number,
		Software: job.Version,
		Epoch: record.ScoreEpoch{Normalize: NormalizeVersion, Model: p.cfg.Model.Hash(), Rules: p.cfg.RulesHash(),
			SizeClass: p.cfg.SizeClassName(), Match: t.Match, Review: t.Review},
		Repeats: uint64(r.counts.Repeats), Forgotten: uint64(r.counts.Forgotten),
		Reviews: uint64(r.reviews),
		Sources: r.bySource,
		Pairs:   r.pairs,
	})
}

func (p *Pipeline) manifest(r *run) *snapshot.Manifest {
	m := &snapshot.Manifest{AsOf: r.today, Epoch: p.epoch(), Counts: r.counts, Reviews: reviewsOf(r.ledger)}
	for _, f := range r.reader.Files() {
		m.Inputs = append(m.Inputs, snapshot.Input{Name: f.Path, Bytes: f.Bytes, SHA256: hex.EncodeToString(f.SHA256[:])})
	}
	m.Inputs = append(m.Inputs, r.topics...)
	return m
}

// epoch is what decides what is made of a form besides the form.
func (p *Pipeline) epoch() snapshot.Epoch {
	t := p.cfg.Model.Thresholds
	return snapshot.Epoch{Normalize: NormalizeVersion, ModelHash: p.cfg.Model.Hash(), RulesHash: p.cfg.RulesHash(),
		ReviewWeight: t.Review, MatchWeight: t.Match, LinkFloor: t.LinkFloor, SizeClass: p.cfg.SizeClassName()}
}

func (p *Pipeline) summary(r *run, job Job, elapsed time.Duration) *Summary {
	s := &Summary{
		Store: job.Store, Snapshot: r.draft.Number, Counts: r.counts, Reviews: r.reviews, Pairs: r.pairs.Total(),
		Report:  filepath.Join(job.Store, "snapshots", r.draft.Number, "report.html"),
		Elapsed: elapsed,
	}
	if r.job != nil {
		s.Wrong = &r.wrong
	}
	if r.learnt {
		s.Model = filepath.Join(job.Store, "snapshots", r.draft.Number, modelFile)
	}
	for _, f := range r.damaged {
		s.Damaged = append(s.Damaged, say.Text(f, job.Lang))
	}
	for room := range numRooms {
		t := r.times.times[room]
		t.Stage = room.String()
		s.Stages = append(s.Stages, t)
	}
	return s
}

// String describes the run in one line, for logs.
func (s *Summary) String() string {
	return fmt.Sprintf("snapshot %s: %d forms in, %d citizens, %d in quarantine", s.Snapshot, s.Counts.FormsIn, s.Counts.Citizens, s.Counts.Quarantine)
}
