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
	defer r.cellar.shelf.Close()
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
	defer r.cellar.shelf.Close()
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
	squares, err := p.lookAtPairs(r, plan)
	if err != nil {
		return err
	}
	_, peak := processUsage()
	fixed := float64(peak-r.sample.bytes) - p.judgedBytes()*float64(r.cellar.known.Len())
	// Batches on their way grow as full as a longer input makes them.
	rows := min(int64(bitesAWorker*p.cfg.Workers+1)*int64(p.cfg.BatchSize), plan.Rows)
	fixed += float64(max(rows-plan.Sample, 0)) * biteBytes
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
	plan.Memory = p.memoryOf(max(fixed, 0), float64(r.cellar.known.Len())*plan.growth())
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

// reckon scales what the sample took to the whole. What costs by the form grows as
// rows do; what costs by the pair as candidate pairs do; clustering as matches do.
func (plan *Plan) reckon(r *run, squares float64) {
	pairs := 0.0
	for i := range plan.Rules {
		pairs += float64(plan.Rules[i].Pairs)
	}
	plan.Pairs = scalePairs(pairs, squares, plan.Share)
	byForm := Estimate{1, 1, 1}.times(plan.growth())
	byPair := plan.Pairs.over(pairs)
	byMatch := scalePairs(float64(plan.Matches), 0, plan.Share).over(float64(plan.Matches))
	busy := func(rooms ...room) (d float64) {
		for _, room := range rooms {
			d += r.times.times[room].Busy.Seconds()
		}
		return d
	}
	for _, phase := range r.meter.usage.Phases {
		cpu, wall := phase.CPU.Seconds(), phase.Elapsed.Seconds()
		var c Estimate
		least := 0.0 // wall time below which no number of workers brings it
		switch phase.Name {
		case "read": // the doors were gone through for the whole, by one goroutine
			doors := min(busy(roomIntake), cpu)
			c = byForm.times(cpu - doors).plus(doors)
			cpu, wall, least = cpu-doors, max(wall-busy(roomIntake), 0), busy(roomIntake)
		case "learn":
			c = byPair.times(cpu)
		case "judge":
			part := min(busy(roomBlock, roomCompare, roomDecide), cpu)
			c = byPair.times(part).add(byForm.times(cpu - part))
		case "settle":
			c = byMatch.times(cpu)
		default:
			c = byForm.times(cpu)
		}
		perCPU := 1 / float64(plan.Workers)
		if cpu > 0 {
			perCPU = max(wall/cpu, perCPU)
		}
		w := c.times(perCPU)
		w.Value, w.Low, w.High = max(w.Value, least), max(w.Low, least), max(w.High, least)
		if plan.Share < 1 {
			c, w = c.loosened(), w.loosened()
		}
		plan.Phases = append(plan.Phases, PhasePlan{phase.Name, c, w})
		plan.CPU, plan.Wall = plan.CPU.add(c), plan.Wall.add(w)
	}
	disk, _ := r.cellar.shelf.Size()
	plan.Scratch = byForm.times(float64(r.meter.usage.Spilled + disk))
	plan.Snapshot = byForm.times(float64(r.draft.Written()))
}

// loosened widens the band of a time by what samples of an eighth to a half were
// off, on 50,000 forms: they cost up to a quarter more a form than all of them do,
// as values that were met before are cheaper; and two runs differ.
func (e Estimate) loosened() Estimate { return Estimate{e.Value, 0.75 * e.Low, 1.15 * e.High} }

// growth is how many times the whole has the rows of the sample.
func (plan *Plan) growth() float64 { return float64(plan.Rows) / float64(max(plan.Sample, 1)) }

// Bytes that a run keeps for each form beside what is packed: the table of
// ARCHITECTURE.md, which says what each of them is.
const (
	nameBytes  = 57
	readBytes  = 19 + 16 + 10 + 5 + nameBytes
	keyBytes   = 12 // and a fingerprint a rule
	foundBytes = 20
	writeBytes = 600     // of a row of the part that a worker writes
	biteBytes  = 4 << 10 // of a row of a batch on its way: its text, cells and clean values
)

// memoryOf estimates the most memory that a run of n forms has resident: what is
// held while judging or while publishing, and up to half as much again that waits
// for the collector (cmd/dusach sets it to 50 %).
//
// fixed is what does not grow with the forms: tables, buffers of batches, code.
func (p *Pipeline) memoryOf(fixed, n float64) Estimate {
	judging := n * p.judgedBytes()
	parts := float64(parts(int(n)))
	publishing := n*(readBytes-nameBytes+foundBytes) + n/parts*min(parts, float64(p.cfg.Workers))*writeBytes
	held := max(judging, publishing)
	return Estimate{Value: fixed + 1.25*held, Low: fixed + held, High: fixed + 1.5*held}
}

// judgedBytes is what a run holds for each form while pairs are judged.
func (p *Pipeline) judgedBytes() float64 {
	return float64(p.cfg.Packing.Width + readBytes + keyBytes + len(p.cfg.Rules) + foundBytes)
}

func (e Estimate) times(x float64) Estimate { return Estimate{e.Value * x, e.Low * x, e.High * x} }
func (e Estimate) plus(x float64) Estimate  { return Estimate{e.Value + x, e.Low + x, e.High + x} }
func (e Estimate) add(f Estimate) Estimate {
	return Estimate{e.Value + f.Value, e.Low + f.Low, e.High + f.High}
}

// over says how many times x an estimate is; nothing grows out of nothing.
func (e Estimate) over(x float64) Estimate {
	if x == 0 {
		return Estimate{1, 1, 1}
	}
	return e.times(1 / x)
}
