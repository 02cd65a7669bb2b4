package pipeline

import (
	"time"

	"github.com/dusach/dusach/pipeline/state"
)

// Usage is what a run took of the machine.
type Usage struct {
	CPU        time.Duration `json:"cpu_ns"`
	PeakMemory int64         `json:"peak_memory_bytes"`  // resident; 0 where the system does not tell
	Read       int64         `json:"bytes_read"`         // of the inputs, as they are stored
	Written    int64         `json:"bytes_written"`      // of the snapshot
	Spilled    int64         `json:"bytes_spilled"`      // to scratch, all in all
	Scratch    int64         `json:"peak_scratch_bytes"` // the most of it at any moment
	Phases     []Phase       `json:"phases"`
}

// A Phase is a part of a run, one after the other: reading, judging, settling,
// publishing. Its CPU time is that of the whole process, so that it counts the
// garbage collector and the system too, which the busy times of stages do not.
type Phase struct {
	Name       string        `json:"phase"`
	Elapsed    time.Duration `json:"elapsed_ns"`
	CPU        time.Duration `json:"cpu_ns"`
	PeakMemory int64         `json:"peak_memory_bytes"`  // of the process so far
	Scratch    int64         `json:"peak_scratch_bytes"` // likewise
	Read       int64         `json:"bytes_read"`         // by the process, from files of all sorts; 0 where the system does not tell
	Written    int64         `json:"bytes_written"`      // likewise
}

// meter measures phases.
type meter struct {
	usage    Usage
	since    time.Time
	sinceCPU time.Duration

	read, written int64
}

// start begins the first phase.
func (m *meter) start() {
	m.since = time.Now()
	m.sinceCPU, _ = processUsage()
	m.read, m.written = processFiles()
}

// ends ends a phase; the next begins.
func (m *meter) ends(phase string) {
	now := time.Now()
	cpu, peak := processUsage()
	read, written := processFiles()
	m.usage.Phases = append(m.usage.Phases, Phase{Name: phase, Elapsed: now.Sub(m.since), CPU: cpu - m.sinceCPU, PeakMemory: peak,
		Scratch: state.ScratchPeak(), Read: read - m.read, Written: written - m.written})
	m.read, m.written = read, written
	m.usage.CPU += cpu - m.sinceCPU
	m.usage.PeakMemory = peak
	m.since, m.sinceCPU = now, cpu
}

// spilled counts what went onto a shelf that is about to be closed.
func (r *run) spilled(s *state.Shelf) {
	if s == nil {
		return
	}
	disk, _ := s.Size()
	r.meter.usage.Spilled += disk
}

// measured returns what the run took, once it is published.
func (r *run) measured() Usage {
	r.meter.ends("finish")
	u := r.meter.usage
	for _, f := range r.reader.Files() {
		u.Read += f.Bytes
	}
	u.Written = r.draft.Written()
	u.Spilled += r.cellar.size()
	u.Scratch = state.ScratchPeak()
	return u
}
