package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/recordtype"
)

// newConfigCmd is `dusach config`: the files that describe record types.
func newConfigCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show, check or explain files that describe a record type",
		Long: `A configuration file (YAML) describes any record type: its fields and their
kinds, how they are compared, which records may meet, and from which probability
on two of them are one. clean, train, plan and compare take it as --config FILE.
Without a model they learn one from the records themselves.

docs/config.md explains every key.`,
		Example: "  dusach config check people.yaml\n  dusach config show > form.yaml\n  dusach config schema > record-type.schema.json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	sub := func(use, short string, args cobra.PositionalArgs, run func(cmd *cobra.Command, args []string) error) {
		cmd.AddCommand(&cobra.Command{Use: use, Short: short, Args: usageArgs(args), RunE: run})
	}
	sub("check FILE", "Say what is wrong with a file, with line and column", cobra.ExactArgs(1), checkConfig)
	sub("show", "Print the configuration of the built-in collection form", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		c, err := pipeline.DefaultConfig(nil)
		if err != nil {
			return err
		}
		return c.WriteYAML(cmd.OutOrStdout())
	})
	sub("schema", "Print the JSON Schema of the files, for editors", cobra.NoArgs, func(cmd *cobra.Command, _ []string) error {
		_, err := cmd.OutOrStdout().Write(recordtype.JSONSchema())
		return err
	})
	return cmd
}

// checkConfig reads a file and says in a line what it describes.
func checkConfig(cmd *cobra.Command, args []string) error {
	c, err := pipeline.ReadConfig(args[0], "")
	if err != nil {
		return err
	}
	lang := language(cmd)
	taught := choose([2]string{"mô hình có sẵn", "with its model"}, lang)
	if c.Learn {
		taught = choose([2]string{"mô hình sẽ học từ dữ liệu", "its model is to be learnt from the records"}, lang)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), choose([2]string{
		"%s: đúng; loại bản ghi %s: %d trường, %d phép so sánh, %d luật gom; %s\n",
		"%s: fine; record type %s: %d fields, %d comparisons, %d blocking rules; %s\n"}, lang),
		args[0], c.Schema().Name, len(c.Schema().Fields), len(c.Comparisons.Describe()), len(c.Rules), taught)
	return err
}
