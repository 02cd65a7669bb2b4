package main

import "github.com/spf13/cobra"

// commands lists what dusach can do, one file each.
func commands() []*cobra.Command {
	return []*cobra.Command{
		newCleanCmd(),
		newGenerateCmd(),
		newEvaluateCmd(),
		newTrainCmd(),
	}
}
