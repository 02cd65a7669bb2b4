package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"runtime/trace"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// addCommonFlags adds the flags that every command understands.
func addCommonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.Bool("json", false, "print one JSON object instead of a table")
	f.Int("workers", runtime.GOMAXPROCS(0), "goroutines that work at the same time")
	f.Int("batch-size", 8192, "rows of a batch; the result does not depend on it")
	f.String("memory", "", "ceiling of memory, as 16GiB (default: what the run needs)")
	f.String("tmp", "", "folder for scratch files (default: the system's)")
	f.String("lang", "vi", "language of reports: vi or en")
	f.String("log", "text", "form of messages: text or json")
	f.String("store", "", "the store to look into")
	f.String("cpuprofile", "", "write a CPU profile to `FILE`")
	f.String("memprofile", "", "write a memory profile to `FILE`")
	f.String("trace", "", "write an execution trace to `FILE`")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		if err := fromEnvironment(cmd); err != nil {
			return err
		}
		return prepare(cmd)
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
			err = &usageError{fmt.Errorf("the environment variable %s: %w", name, e)}
		}
	})
	return err
}

// prepare checks the common flags and sets the ceiling of memory.
func prepare(cmd *cobra.Command) error {
	f := cmd.Flags()
	if lang, _ := f.GetString("lang"); lang != "vi" && lang != "en" {
		return &usageError{fmt.Errorf("--lang %s: use vi or en", lang)}
	}
	if log, _ := f.GetString("log"); log != "text" && log != "json" {
		return &usageError{fmt.Errorf("--log %s: use text or json", log)}
	}
	for _, name := range []string{"workers", "batch-size"} {
		if n, _ := f.GetInt(name); n < 1 {
			return &usageError{fmt.Errorf("--%s %d: use a number above 0", name, n)}
		}
	}
	memory, _ := f.GetString("memory")
	if memory == "" {
		return nil
	}
	bytes, err := parseBytes(memory)
	if err != nil {
		return &usageError{fmt.Errorf("--memory: %w", err)}
	}
	debug.SetMemoryLimit(bytes - bytes/8)
	return nil
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
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("%q is no amount of memory: write it as 16GiB", text)
	}
	return int64(n * float64(unit)), nil
}

// profiled runs f under the profiles that the user asked for.
func profiled(cmd *cobra.Command, f func() error) (err error) {
	stops := []func() error{}
	defer func() {
		for _, stop := range stops {
			if e := stop(); err == nil {
				err = e
			}
		}
	}()
	flags := cmd.Flags()
	if name, _ := flags.GetString("cpuprofile"); name != "" {
		file, err := os.Create(name)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(file); err != nil {
			return err
		}
		stops = append(stops, func() error { pprof.StopCPUProfile(); return file.Close() })
	}
	if name, _ := flags.GetString("trace"); name != "" {
		file, err := os.Create(name)
		if err != nil {
			return err
		}
		if err := trace.Start(file); err != nil {
			return err
		}
		stops = append(stops, func() error { trace.Stop(); return file.Close() })
	}
	if name, _ := flags.GetString("memprofile"); name != "" {
		stops = append(stops, func() error { return writeHeap(name) })
	}
	return f()
}

func writeHeap(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return pprof.Lookup("allocs").WriteTo(file, 0)
}
