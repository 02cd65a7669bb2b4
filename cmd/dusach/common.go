package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/dusach/dusach/pipeline/say"
)

// addCommonFlags adds the flags that every command understands.
func addCommonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.Bool("json", false, "print JSON instead of a table")
	f.Int("workers", runtime.GOMAXPROCS(0), "how many processors to use at the same time")
	f.Int("batch-size", 8192, "rows of a batch; the result does not depend on it")
	f.String("memory", "", "memory to stay below, as 16GiB; clean refuses what does not fit (default: what the run needs)")
	f.String("tmp", "", "folder for scratch files (default: the system's)")
	f.String("lang", "vi", "language of tables and reports: vi or en")
	f.String("log", "text", "form of progress lines, warnings and errors: text or json")
	f.String("cpuprofile", "", "write a CPU profile to `FILE`")
	f.String("memprofile", "", "write a memory profile to `FILE`")
	f.String("trace", "", "write an execution trace to `FILE`")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("batch-size") && !hasBatches[cmd.Name()] {
			newMessages(cmd).warn(say.Errorf("--batch-size không có tác dụng ở đây: %s không làm theo lô", "--batch-size changes nothing here: %s works without batches", cmd.Name()))
		}
		if err := fromEnvironment(cmd); err != nil {
			return err
		}
		if err := prepare(cmd); err != nil {
			return err
		}
		if err := cmd.ValidateRequiredFlags(); err != nil {
			return &usageError{say.Errorf("%w; xem \"%s --help\"", "%w; see \"%s --help\"", err, cmd.CommandPath())}
		}
		if f := cmd.Flags().Lookup("format"); cmd.Name() == "export" && f != nil && !f.Changed && asJSON(cmd) {
			return f.Value.Set("jsonl") // the JSON of a table is its rows
		}
		return nil
	}
}

// hasBatches names the commands whose work is cut into batches.
var hasBatches = map[string]bool{"clean": true, "live": true, "plan": true, "train": true}

// require marks a flag that a command cannot do without.
func require(cmd *cobra.Command, flag string) {
	if err := cmd.MarkFlagRequired(flag); err != nil {
		panic("BUG: " + err.Error())
	}
}

// fromEnvironment sets every flag that was not given from DUSACH_FLAG_NAME.
func fromEnvironment(cmd *cobra.Command) (err error) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		name := "DUSACH_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := os.LookupEnv(name)
		if !ok || f.Changed || err != nil {
			return
		}
		if e := cmd.Flags().Set(f.Name, value); e != nil {
			err = &usageError{say.Errorf("biến môi trường %s: %w", "the environment variable %s: %w", name, e)}
		}
	})
	return err
}

// prepare checks the common flags and does what they ask for.
func prepare(cmd *cobra.Command) error {
	f := cmd.Flags()
	if lang, _ := f.GetString("lang"); lang != "vi" && lang != "en" {
		return &usageError{say.Errorf("--lang %s: dùng vi hoặc en", "--lang %s: use vi or en", lang)}
	}
	if log, _ := f.GetString("log"); log != "text" && log != "json" {
		return &usageError{say.Errorf("--log %s: dùng text hoặc json", "--log %s: use text or json", log)}
	}
	for _, name := range []string{"workers", "batch-size"} {
		if n, _ := f.GetInt(name); n < 1 {
			return &usageError{say.Errorf("--%s %d: dùng số lớn hơn 0", "--%s %d: use a number above 0", name, n)}
		}
	}
	if workers, _ := f.GetInt("workers"); workers < runtime.GOMAXPROCS(0) {
		runtime.GOMAXPROCS(workers)
	}
	if err := limitMemory(cmd); err != nil {
		return err
	}
	return useScratch(cmd)
}

// limitMemory makes the garbage collector keep the heap below the ceiling by what
// is outside it.
func limitMemory(cmd *cobra.Command) error {
	bytes, err := memoryOf(cmd)
	if err == nil && bytes > 0 {
		debug.SetMemoryLimit(max(bytes-outsideHeap-bytes/64, bytes/2))
	}
	return err
}

// outsideHeap is what a process has resident that the collector does not count: its
// code and what of its tables was read.
const outsideHeap = 64 << 20

// memoryOf returns the ceiling that --memory sets, 0 for none.
func memoryOf(cmd *cobra.Command) (int64, error) {
	memory, _ := cmd.Flags().GetString("memory")
	if memory == "" {
		return 0, nil
	}
	bytes, err := parseBytes(memory)
	if err != nil {
		return 0, &usageError{fmt.Errorf("--memory: %w", err)}
	}
	return bytes, nil
}

// useScratch makes --tmp the folder of every scratch file, whoever makes it.
func useScratch(cmd *cobra.Command) error {
	tmp, _ := cmd.Flags().GetString("tmp")
	if tmp == "" {
		return nil
	}
	info, err := os.Stat(tmp)
	if err != nil {
		return say.Errorf("--tmp: %w: hãy chọn thư mục có thật", "--tmp: %w: name a folder that exists", err)
	}
	if !info.IsDir() {
		return say.Errorf("--tmp %s: hãy chọn thư mục, không phải tệp", "--tmp %s: name a folder, not a file", tmp)
	}
	return os.Setenv("TMPDIR", tmp)
}

// parseBytes reads an amount of memory: a number with KiB, MiB, GiB or none.
func parseBytes(text string) (int64, error) {
	unit := int64(1)
	number := strings.TrimSpace(text)
	for i, suffix := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if n, ok := strings.CutSuffix(number, suffix); ok {
			number, unit = strings.TrimSpace(n), 1<<(10*(i+1))
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n <= 0 || n*float64(unit) > 1<<60 {
		return 0, say.Errorf("%q không phải lượng bộ nhớ: viết dạng 16GiB", "%q is no amount of memory: write it as 16GiB", text)
	}
	return int64(n * float64(unit)), nil
}

// language returns the language of what people read: "vi" or "en".
func language(cmd *cobra.Command) string {
	lang, _ := cmd.Flags().GetString("lang")
	if set := os.Getenv("DUSACH_LANG"); set != "" && !cmd.Flags().Changed("lang") {
		return set // a command line that was not understood: no flag is set from the environment yet
	}
	return lang
}

// asJSON reports whether the user wants JSON instead of a table.
func asJSON(cmd *cobra.Command) bool {
	yes, _ := cmd.Flags().GetBool("json")
	return yes
}
