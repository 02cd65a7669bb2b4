package main

import (
	"fmt"
	"os"
	"runtime/pprof"
	"runtime/trace"

	"github.com/spf13/cobra"
)

// profiled runs f under the profiles that the user asked for.
func profiled(cmd *cobra.Command, f func() error) (err error) {
	var stops []func() error
	defer func() {
		for _, stop := range stops {
			if e := stop(); err == nil {
				err = e
			}
		}
	}()
	begin := func(flag string, start func(*os.File) error, stop func()) error {
		name, _ := cmd.Flags().GetString(flag)
		if name == "" {
			return nil
		}
		file, err := os.Create(name)
		if err != nil {
			return fmt.Errorf("--%s: %w", flag, err)
		}
		if err := start(file); err != nil {
			return fmt.Errorf("--%s: %w", flag, err)
		}
		stops = append(stops, func() error { stop(); return file.Close() })
		return nil
	}
	if err := begin("cpuprofile", func(f *os.File) error { return pprof.StartCPUProfile(f) }, pprof.StopCPUProfile); err != nil {
		return err
	}
	if err := begin("trace", func(f *os.File) error { return trace.Start(f) }, trace.Stop); err != nil {
		return err
	}
	var heap *os.File
	stopHeap := func() {
		if e := pprof.Lookup("allocs").WriteTo(heap, 0); err == nil && e != nil {
			err = fmt.Errorf("--memprofile: %w", e)
		}
	}
	if err := begin("memprofile", func(f *os.File) error { heap = f; return nil }, stopHeap); err != nil {
		return err
	}
	return f()
}
