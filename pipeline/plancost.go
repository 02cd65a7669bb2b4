package pipeline

import "github.com/dusach/dusach/pipeline/block"

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
			c, w = c.loosened(plan.Sample), w.loosened(plan.Sample)
		}
		plan.Phases = append(plan.Phases, PhasePlan{phase.Name, c, w})
		plan.CPU, plan.Wall = plan.CPU.add(c), plan.Wall.add(w)
	}
	plan.Scratch = byForm.times(float64(r.meter.usage.Spilled + r.cellar.size()))
	plan.Snapshot = byForm.times(float64(r.draft.Written()))
}

// startForms is about how many forms cost as much as what a run does once: a
// sample pays for it too, and it is scaled with the rest. Measured on 50,000 forms:
// samples of 6,000 to 25,000 rows foretold too much as if by 2,000 to 6,200 forms.
const startForms = 6000

// loosened widens the band of a time that a sample of n rows took: below by what
// a run does once, and on both sides because two runs differ.
func (e Estimate) loosened(n int64) Estimate {
	return Estimate{e.Value, 0.9 * e.Low * float64(n) / float64(n+startForms), 1.15 * e.High}
}

// growth is how many times the whole has the rows of the sample.
func (plan *Plan) growth() float64 { return float64(plan.Rows) / float64(max(plan.Sample, 1)) }

// Bytes that a run keeps for each form beside heldBytes (budget.go), and of the rows
// that are on their way.
const (
	nameBytes  = 57      // its share of the distinct names, at 300,000 forms; less of more
	foundBytes = 6       // founder, findings, repeat
	writeBytes = 600     // of a row of the part that a worker writes
	biteBytes  = 4 << 10 // of a row of a batch on its way: its text, cells and clean values
)

// memoryOf estimates the most memory that the run has resident, once the sample is
// judged: what is held while judging or while publishing, up to half as much again
// that waits for the collector (cmd/dusach sets it to 50 %), and what the process
// had beside the sample: tables, batches on their way, code.
func (p *Pipeline) memoryOf(r *run, plan *Plan) Estimate {
	sample := float64(r.cellar.known.Len())
	fixed := max(0, float64(r.meter.usage.PeakMemory-r.sample.bytes)-p.judgedBytes(sample)*sample)
	// Batches grow as full as a longer input makes them.
	rows := min(int64(bitesAWorker*p.cfg.Workers+1)*int64(p.cfg.BatchSize), plan.Rows)
	fixed += float64(max(rows-plan.Sample, 0)) * biteBytes
	n := sample * plan.growth()
	parts := float64(parts(int(n)))
	judging := n * p.judgedBytes(n)
	publishing := n*foundBytes + n/parts*min(parts, float64(p.cfg.Workers))*writeBytes
	held := max(judging, publishing)
	return Estimate{Value: fixed + 1.25*held, Low: fixed + held, High: fixed + 1.5*held}
}

// judgedBytes is what a run without a ceiling holds for each of n forms while pairs
// are judged.
func (p *Pipeline) judgedBytes(n float64) float64 {
	keys := min(keyBytes*float64(min(block.GroupRules, len(p.cfg.Rules)))+block.SlotBytes, freeRoom/max(n, 1))
	return float64(p.heldBytes()) + nameBytes + max(keys-keyBytes-sliceBytes, 0)
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
