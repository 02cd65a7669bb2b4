// Command dusach cleans population forms.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "dusach", SilenceUsage: true, SilenceErrors: true}
	root.AddCommand(newGenerateCmd())
	if err := root.ExecuteContext(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "dusach:", err)
		os.Exit(1)
	}
}
