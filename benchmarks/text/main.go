package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/dusach/dusach/normalize"
)

// A score is what a tool made of a kind of case.
type score struct{ right, all int }

// A result is what a tool made of a task.
type result struct {
	Tool  string
	Task  string
	Kinds map[string]score
	Ns    float64 // a text
}

func main() {
	dir := flag.String("cases", "normalize/testdata", "folder of the cases")
	python := flag.String("python", "", "a Python that has viet-text-tools; none: without that peer")
	script := flag.String("peer", "benchmarks/text/peer.py", "the runner of that peer")
	flag.Parse()
	if err := run(*dir, *python, *script); err != nil {
		fmt.Fprintln(os.Stderr, "text:", err)
		os.Exit(1)
	}
}

func run(dir, python, script string) error {
	all, err := load(dir)
	if err != nil {
		return err
	}
	load, _ := os.ReadFile("/proc/loadavg") // not on every system
	fmt.Printf("%s %s/%s, %d cores, load before: %.4s\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), load)
	var results []result
	for _, t := range []tool{dusach(), xtext()} {
		for _, task := range tasks {
			if do := t.do[task]; do != nil {
				results = append(results, measure(t.name, task, all[task], do))
			}
		}
	}
	if python != "" {
		peer, err := askPeer(python, script, all)
		if err != nil {
			return err
		}
		results = append(results, peer...)
	}
	printResults(results, all)
	printSpeed()
	return nil
}

// measure gives a task to a tool: how much is right, and how long a text takes.
func measure(name, task string, items []item, do func([]byte, string) []byte) result {
	r := result{Tool: name, Task: task, Kinds: map[string]score{}}
	inputs := make([][]byte, len(items))
	for i, it := range items {
		inputs[i] = []byte(it.Input)
		s := r.Kinds[it.Kind]
		s.all++
		if string(do(inputs[i], it.Kind)) == it.Want {
			s.right++
		}
		r.Kinds[it.Kind] = s
	}
	r.Ns = perCall(len(inputs), func(i int) { do(inputs[i], items[i].Kind) })
	return r
}

// perCall returns the nanoseconds of processor that do(0…n-1) takes a call, the
// least of some rounds: what else the machine does only adds to them.
func perCall(n int, do func(i int)) float64 {
	best := math.Inf(1)
	for range 8 {
		calls, start := 0, processor()
		for processor()-start < 200*time.Millisecond {
			for range 1 + 2000/n {
				for i := range n {
					do(i)
				}
				calls += n
			}
		}
		best = min(best, float64((processor()-start).Nanoseconds())/float64(calls))
	}
	return best
}

// processor returns the time that this process has had of the processors.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic("BUG: getrusage: " + err.Error())
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// askPeer runs the peer in Python on the same items. It answers with the text
// that it makes of each, and its time.
func askPeer(python, script string, all map[string][]item) ([]result, error) {
	f, err := os.CreateTemp("", "text-*.json")
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	if err := json.NewEncoder(f).Encode(all); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	cmd := exec.Command(python, script, f.Name())
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("running %s: %w", script, err)
	}
	var answers []struct {
		Tool, Task string
		Got        []string
		Ns         float64
	}
	if err := json.Unmarshal(out, &answers); err != nil {
		return nil, fmt.Errorf("reading the answer of %s: %w", script, err)
	}
	var results []result
	for _, a := range answers {
		r := result{Tool: a.Tool, Task: a.Task, Kinds: map[string]score{}, Ns: a.Ns}
		for i, it := range all[a.Task] {
			s := r.Kinds[it.Kind]
			s.all++
			if a.Got[i] == it.Want {
				s.right++
			}
			r.Kinds[it.Kind] = s
		}
		results = append(results, r)
	}
	return results, nil
}

// printResults writes a line a kind of case, a column a tool, then the times.
func printResults(results []result, all map[string][]item) {
	var tools []string
	for _, r := range results {
		if !slices.Contains(tools, r.Tool) {
			tools = append(tools, r.Tool)
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "task\tcases\t")
	for _, t := range tools {
		fmt.Fprint(w, t, "\t")
	}
	fmt.Fprintln(w)
	line := func(task, label string, cases int, cell func(r result) string) {
		fmt.Fprintf(w, "%s\t%d\t", label, cases)
		for _, t := range tools {
			i := slices.IndexFunc(results, func(r result) bool { return r.Tool == t && r.Task == task })
			if i < 0 {
				fmt.Fprint(w, "-\t")
				continue
			}
			fmt.Fprint(w, cell(results[i]), "\t")
		}
		fmt.Fprintln(w)
	}
	for _, task := range tasks {
		for _, kind := range kindsOf(all[task]) {
			label := task
			if kind != "" {
				label += ": " + kind
			}
			cases := 0
			for _, it := range all[task] {
				if it.Kind == kind {
					cases++
				}
			}
			line(task, label, cases, func(r result) string {
				return fmt.Sprintf("%.1f %%", 100*float64(r.Kinds[kind].right)/float64(r.Kinds[kind].all))
			})
		}
		line(task, task+": ns a text", len(all[task]), func(r result) string { return fmt.Sprintf("%.0f", r.Ns) })
	}
	w.Flush()
}

func kindsOf(items []item) (kinds []string) {
	for _, it := range items {
		if !slices.Contains(kinds, it.Kind) {
			kinds = append(kinds, it.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// printSpeed measures what the library promises: a name in less than 400 ns,
// folding 20 bytes in less than 100, neither with an allocation.
func printSpeed() {
	names := [][]byte{[]byte("NGUYỄN VĂN ĐỨC"), []byte("Nguyễn Thị Hồng Nhung"), []byte("Trần Thuý Hằng"), []byte("Lê Hoàng Nam"),
		[]byte("PHẠM QUỐC KỲ"), []byte("Vũ Minh Anh"), []byte("Đặng Thị Ngọc Ánh")}
	var n normalize.Name
	kinh := []byte("Kinh")
	text := []byte("Nguyễn Văn Đức") // 20 bytes
	dst := make([]byte, 0, 64)
	fmt.Println()
	for _, b := range []struct {
		what string
		do   func(i int)
	}{
		{"a name by Name.Parse", func(i int) { n.Parse(names[i%len(names)], kinh) }},
		{"AppendFold of 20 bytes", func(int) { dst = normalize.AppendFold(dst[:0], text) }},
		{"AppendClean of 20 bytes", func(int) { dst = normalize.AppendClean(dst[:0], text) }},
	} {
		ns := perCall(len(names), b.do)
		allocs := testing.AllocsPerRun(1000, func() { b.do(1) })
		fmt.Printf("%-24s %4.0f ns, %v allocations\n", b.what, ns, allocs)
	}
}
