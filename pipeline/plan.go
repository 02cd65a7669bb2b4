package pipeline

import (
	"cmp"
	"context"
	"os"
	"strings"

	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// PlanJob is what to plan.
type PlanJob struct {
	Inputs  []string
	Sample  int // rows to go on at most; 0: all
	Version string
}

// Plan says what a clean of some inputs would find and cost, from a sample that
// was cleaned into a folder which is removed again.
type Plan struct {
	Files   int     `json:"files"`
	Damaged int     `json:"damaged_files"`
	Bytes   int64   `json:"bytes"` // of the files as they are stored
	Rows    int64   `json:"rows"`
	Sample  int64   `json:"rows_in_sample"`
	Share   float64 `json:"share"` // probability with which a row was taken, 2^-n

	Refused []record.CodeCount `json:"refused_in_sample"` // by code; a row may have several
	Counts  snapshot.Counts    `json:"counts_in_sample"`

	Rules         []RulePlan `json:"rules"`
	Pairs         Estimate   `json:"pairs"`
	Matches       int64      `json:"matches_in_sample"`
	Lost          int64      `json:"matches_left_out_in_sample"`
	LeftOut       int64      `json:"pairs_left_out_in_sample"`
	RecallGivenUp float64    `json:"recall_given_up"` // Lost of Matches + Lost

	Phases   []PhasePlan `json:"phases"`
	CPU      Estimate    `json:"cpu_seconds"`
	Wall     Estimate    `json:"wall_seconds"`
	Workers  int         `json:"workers"`
	Memory   Estimate    `json:"peak_memory_bytes"`
	Snapshot Estimate    `json:"snapshot_bytes"`
	Scratch  Estimate    `json:"scratch_bytes"`
	Tmp      string      `json:"tmp"`
	Free     int64       `json:"free_bytes"` // of Tmp; -1 where nobody knows
}

// PhasePlan is what a part of the run costs, in seconds of the whole.
type PhasePlan struct {
	Name string   `json:"phase"`
	CPU  Estimate `json:"cpu_seconds"`
	Wall Estimate `json:"wall_seconds"`
}

// Fits reports whether scratch has room, as far as anybody knows.
func (p *Plan) Fits() bool { return p.Free < 0 || p.Scratch.High <= float64(p.Free) }

// Plan reads all inputs, cleans a sample of their rows into a scratch store, and
// reckons from it what all of them would take.
func (p *Pipeline) Plan(ctx context.Context, job PlanJob, progress Progress) (_ *Plan, err error) {
	store, err := os.MkdirTemp(p.cfg.Tmp, "dusach-plan-*")
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(store)) }()
	draft, err := snapshot.Begin(ctx, store, snapshot.Options{Schema: p.cfg.Schema(), Version: job.Version, Command: "dusach plan"})
	if err != nil {
		return nil, err
	}
	defer func() { err = cmp.Or(err, draft.Abort()) }()
	r, err := p.begin(ctx, Job{Inputs: job.Inputs, Store: store}, draft, progress)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.cellar.close() }()
	r.sample = &sampler{reader: r.reader, most: job.Sample, batch: p.cfg.BatchSize}
	plan := &Plan{Workers: p.cfg.Workers, Tmp: p.cfg.Tmp, Free: -1}
	if free, ok := freeSpace(p.cfg.Tmp); ok {
		plan.Free = free
	}
	if err := p.warm(ctx); err != nil {
		return nil, err
	}
	return plan, p.rehearse(r, plan)
}

// warm takes one invented form through the first rooms, so that tables which are
// unpacked when they are first asked for are not taken for a cost of each form.
func (p *Pipeline) warm(ctx context.Context) error {
	if !p.cfg.Schema().IsForm() {
		return nil
	}
	const form = "full_name,birth_date,permanent_address,father_name\n" +
		"Nguyễn Thị Hương,02/03/1981,\"Thôn 2, xã Đông Xuân, huyện Sóc Sơn, Hà Nội\",Nguyễn Văn Nam\n"
	r, err := p.newRun(ctx, []string{"-"}, intake.Options{Stdin: strings.NewReader(form)}, Quiet{})
	if err != nil {
		return err
	}
	defer func() { _ = r.cellar.close() }()
	return p.readAll(r)
}

// rehearse takes the sample through all rooms as step does and looks on.
func (p *Pipeline) rehearse(r *run, plan *Plan) error {
	r.meter.start()
	if err := p.readAll(r); err != nil {
		return err
	}
	r.meter.ends("read")
	plan.count(r)
	if p.cfg.Learn {
		if err := p.teach(r); err != nil {
			return err
		}
		r.meter.ends("learn")
	}
	links, err := p.judgeAll(r)
	if err != nil {
		return err
	}
	r.meter.ends("judge")
	plan.Memory = p.memoryOf(r, plan)
	squares, err := p.lookAtPairs(r, plan)
	if err != nil {
		return err
	}
	r.meter.start() // what was only looked at is no part of a run
	clusters, err := p.settleAll(r, links)
	if err != nil {
		return err
	}
	r.meter.ends("settle")
	if err := p.publishAll(r, clusters, links); err != nil {
		return err
	}
	r.meter.ends("publish")
	plan.Refused = p.scorecard(r, Job{}).Quarantine
	plan.reckon(r, squares)
	return nil
}

// count says what was read.
func (plan *Plan) count(r *run) {
	plan.Files, plan.Damaged = r.reader.Len(), len(r.damaged)
	for _, f := range r.reader.Files() {
		plan.Bytes += f.Bytes
	}
	plan.Rows, plan.Sample, plan.Share = r.sample.seen, r.sample.held, r.sample.share()
	plan.Counts = r.counts
}

// lookAtPairs fills in what the rules bring and give up; it returns Σ d(d−1) over
// the records, for all rules together.
func (p *Pipeline) lookAtPairs(r *run, plan *Plan) (float64, error) {
	rules, squares, err := p.planPairs(r)
	if err != nil {
		return 0, err
	}
	if err := p.planRecall(r, rules); err != nil {
		return 0, err
	}
	for i := range rules {
		rule := &rules[i]
		rule.Matches = int64(r.pairs.Rules[i].Match)
		rule.Whole = scalePairs(float64(rule.Pairs), rule.squares, plan.Share)
		plan.Matches += rule.Matches
		plan.LeftOut += rule.LeftOut
		plan.Lost += rule.Lost
	}
	if all := plan.Matches + plan.Lost; all > 0 {
		plan.RecallGivenUp = float64(plan.Lost) / float64(all)
	}
	plan.Rules = rules
	return squares, nil
}
