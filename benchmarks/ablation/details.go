package main

import (
	"fmt"
	"slices"

	"github.com/dusach/dusach/pipeline/evaluate"
)

// printDetails prints what each step brings by process of corruption and by kind of
// false merge, the steps as columns.
func printDetails(steps []string, results []*evaluate.Result) {
	head := func(caption string) {
		fmt.Printf("\n%-32s", caption)
		for _, s := range steps {
			fmt.Printf("%15s", s)
		}
		fmt.Println()
	}
	head("recall by process")
	var processes, kinds []string
	for _, r := range results {
		for _, p := range r.Processes {
			processes = append(processes, p.Process)
		}
		for _, k := range r.FalseMerges {
			kinds = append(kinds, k.Kind)
		}
	}
	for _, name := range sorted(processes) {
		fmt.Printf("%-32s", name)
		for _, r := range results {
			share := "-"
			for _, p := range r.Processes {
				if p.Process == name {
					share = fmt.Sprintf("%.4f", p.Recall)
				}
			}
			fmt.Printf("%15s", share)
		}
		fmt.Println()
	}
	head("wrong pairs by kind")
	for _, name := range sorted(kinds) {
		fmt.Printf("%-32s", name)
		for _, r := range results {
			n := uint64(0)
			for _, k := range r.FalseMerges {
				if k.Kind == name {
					n = k.Pairs
				}
			}
			fmt.Printf("%15d", n)
		}
		fmt.Println()
	}
}

func sorted(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
