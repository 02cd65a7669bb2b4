//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// measured is what one size took.
type measured struct {
	Millions float64 `json:"millions"`
	Commit   string  `json:"commit"`
	Date     string  `json:"date"`
	Input    int64   `json:"input_bytes"`
	PeakDisk int64   `json:"peak_disk_bytes"` // input, scratch and store together
	Snapshot int64   `json:"snapshot_bytes"`
	Generate step    `json:"generate"`
	Clean    step    `json:"clean"`
	Verify   step    `json:"verify"`
	// As clean --json and evaluate --json print it.
	Summary struct {
		Pairs  uint64 `json:"pairs"`
		Counts struct {
			FormsIn int64 `json:"forms_in"`
		} `json:"counts"`
		Usage struct {
			Scratch int64   `json:"peak_scratch_bytes"`
			Phases  []phase `json:"phases"`
		} `json:"usage"`
	} `json:"summary"`
	Quality struct {
		Pairwise struct {
			Precision, Recall, F1 float64
		} `json:"pairwise"`
		Links struct {
			Linked float64 `json:"linked_or_together"`
		} `json:"links"`
	} `json:"quality"`
}

type phase struct {
	Name    string        `json:"phase"`
	Elapsed time.Duration `json:"elapsed_ns"`
	CPU     time.Duration `json:"cpu_ns"`
	Peak    int64         `json:"peak_memory_bytes"`
	Read    int64         `json:"bytes_read"`
	Written int64         `json:"bytes_written"`
}

// step is what a command took.
type step struct {
	Wall time.Duration `json:"wall_ns"`
	CPU  time.Duration `json:"cpu_ns"`
	Peak int64         `json:"peak_rss_bytes"`
}

// loadOr reads a result, or makes and keeps it.
func loadOr[T any](name string, make func() (*T, error)) (*T, error) {
	if data, err := os.ReadFile(name); err == nil {
		v := new(T)
		return v, json.Unmarshal(data, v)
	}
	v, err := make()
	if err != nil {
		return nil, err
	}
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(name+".new", data, 0o644); err != nil {
		return nil, err
	}
	return v, os.Rename(name+".new", name)
}

// measure takes one size through generate, clean, verify and evaluate. Steps that
// are complete are not done again.
func measure(ctx context.Context, o *options, millions float64) (*measured, error) {
	if o.dusach == "" {
		o.dusach = filepath.Join(o.dir, "dusach")
		build := exec.CommandContext(ctx, "go", "build", "-o", o.dusach, "./cmd/dusach")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building dusach: %w\n%s", err, out)
		}
	}
	at := func(name string) string { return filepath.Join(o.dir, fmt.Sprintf(name, millions)) }
	input, truth, store, tmp := at("forms-%g.parquet"), at("truth-%g.parquet"), at("store-%g"), at("tmp-%g")
	m := &measured{Millions: millions, Date: time.Now().UTC().Format("2006-01-02 15:04"), Commit: commit()}
	sample := min(1, 1/millions) // a million persons
	steps := []struct {
		name string
		into *step
		out  string // what the command printed
		args []string
	}{
		{"generate", &m.Generate, "", []string{"generate", "--json", "--hard", "2", "--seed", fmt.Sprint(o.seed), "--forms", fmt.Sprintf("%.0f", millions*1e6),
			"--out", input, "--truth", truth, "--truth-sample", fmt.Sprint(sample)}},
		{"clean", &m.Clean, at("clean-%g.json"), append([]string{"clean", input, "--json", "--size-class", sizeClass(millions), "--out", store, "--tmp", tmp}, o.flags()...)},
		{"verify", &m.Verify, "", []string{"verify", "--json", store}},
		{"evaluate", new(step), at("evaluate-%g.json"), []string{"evaluate", store, "--json", "--truth", truth}},
	}
	if err := os.MkdirAll(tmp, 0o755); err != nil {
		return nil, err
	}
	for i := range steps {
		s := &steps[i]
		took, err := loadOr(at("step-%g-"+s.name+".json"), func() (*taken, error) {
			log.Printf("%g million: %s", millions, s.name)
			return o.command(ctx, s.args, s.out, at("log-%g-"+s.name+".txt"), tmp, store)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		*s.into = took.step
		if s.name == "clean" {
			m.PeakDisk = took.Disk
		}
	}
	return m, m.collect(o, input, store, at("clean-%g.json"), at("evaluate-%g.json"), truth, tmp)
}

// collect reads what the commands printed and removes what takes room.
func (m *measured) collect(o *options, input, store, clean, evaluate string, more ...string) error {
	for name, into := range map[string]any{clean: &m.Summary, evaluate: &m.Quality} {
		data, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			return err
		}
	}
	info, err := os.Stat(input)
	if err != nil {
		return err
	}
	m.Input = info.Size()
	m.Snapshot = sizeOf(filepath.Join(store, "snapshots"))
	m.PeakDisk += m.Input
	if o.keep {
		return nil
	}
	for _, name := range append(more, input, store) {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	return nil
}

// sizeClass is the class that dusach asks for so many forms.
func sizeClass(millions float64) string {
	if millions > 20 {
		return "nation"
	}
	return "province"
}

func (o *options) flags() (flags []string) {
	if o.memory != "" {
		flags = append(flags, "--memory", o.memory)
	}
	if o.workers > 0 {
		flags = append(flags, "--workers", fmt.Sprint(o.workers))
	}
	return flags
}

func commit() string {
	out, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return string(bytes.TrimSpace(out))
}

// taken is what a command took, with the most disk that its folders took.
type taken struct {
	step
	Disk int64 `json:"disk_bytes"`
}

// command runs dusach and watches the disk that tmp, store and the files without
// a name that it holds open take.
func (o *options) command(ctx context.Context, args []string, out, logFile, tmp, store string) (*taken, error) {
	cmd := exec.CommandContext(ctx, o.dusach, args...)
	var stdout bytes.Buffer
	stderr, err := os.Create(logFile)
	if err != nil {
		return nil, err
	}
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = &stdout, stderr
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	disk, stop := make(chan int64), make(chan struct{})
	go func() { disk <- watch(cmd.Process.Pid, stop, tmp, store) }()
	err = cmd.Wait()
	close(stop)
	peak := <-disk
	if err != nil {
		return nil, fmt.Errorf("%w, see %s", err, logFile)
	}
	t := &taken{Disk: peak}
	t.Wall = time.Since(start)
	t.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		t.Peak = int64(u.Maxrss) << 10
	}
	if out != "" {
		return t, os.WriteFile(out, stdout.Bytes(), 0o644)
	}
	return t, nil
}

// watch returns the most bytes that some folders and the nameless files of a
// process took at any moment.
func watch(pid int, stop <-chan struct{}, folders ...string) (peak int64) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return peak
		case <-tick.C:
		}
		now := int64(0)
		for _, folder := range folders {
			now += sizeOf(folder)
		}
		open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, name := range open {
			if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
				if s, ok := info.Sys().(*syscall.Stat_t); ok && s.Nlink == 0 {
					now += s.Blocks * 512
				}
			}
		}
		peak = max(peak, now)
	}
}

// sizeOf returns the disk that a folder takes.
func sizeOf(folder string) (n int64) {
	_ = filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() { // files come and go while it is walked
			return nil
		}
		if info, err := d.Info(); err == nil {
			if s, ok := info.Sys().(*syscall.Stat_t); ok {
				n += s.Blocks * 512
			}
		}
		return nil
	})
	return n
}
