package main

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/dusach/dusach/pipeline/say"
)

// kinds are the kinds of values that normalize knows, with the flags of
// context that each makes use of.
var kinds = map[string][]string{
	"name":    {"ethnicity", "encoding"},
	"address": {"encoding", "edition", "collected-at"},
	"date":    {"collected-at"},
	"id":      {"gender", "birth-date", "birth-province"},
	"phone":   nil,
	"text":    {"encoding"},
}

const kindNames = "name, address, date, id, phone or text"

// newNormalizeCmd is `dusach normalize`: what the library makes of one value,
// and why.
func newNormalizeCmd() *cobra.Command {
	var c valueContext
	var in valueInput
	cmd := &cobra.Command{
		Use:   "normalize KIND [TEXT...]",
		Short: "Show what becomes of a name, an address, a date or a number",
		Long: `normalize shows what dusach makes of single values, and why: the clean value, what
was read out of it, and a reason code with its meaning for everything that was
found. Nothing is stored.

KIND is ` + kindNames + `. Each TEXT is one value: put it in quotes.
Without TEXT, values come from standard input, one a line; with --input json one
JSON object a line with "value" and what else is known of the person (gender,
birth_date, birth_province, ethnicity, collected_at, edition, encoding); with --input csv
the column that --column names.

text undoes a legacy encoding (TCVN3, VNI, VISCII, VPS, Windows-1258, UTF-8 read
wrongly), repairs left-overs of Telex, VNI and VIQR, and composes the letters.`,
		Example: `  dusach normalize name "NGUYỄN  THI HOÀ"
  dusach normalize address "P. 12, Gò Vấp, TPHCM" --json
  dusach normalize id 1090012345 --gender Nam --birth-date 1990-05-01 --birth-province 01
  dusach normalize text --encoding tcvn3 < cu.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			kind := args[0]
			if err := checkContext(cmd, kind); err != nil {
				return err
			}
			if err := in.check(cmd, args[1:]); err != nil {
				return err
			}
			if len(args) == 1 {
				hint(cmd, "one value a line")
			}
			n, err := newNormalizer(kind)
			if err != nil {
				return err
			}
			var out valueWriter = &valueTable{out: cmd.OutOrStdout(), lang: language(cmd)}
			if asJSON(cmd) {
				out = valueLines{newLines(cmd.OutOrStdout())}
			}
			return normalizeAll(n, c, &in, stdin(cmd), args[1:], out)
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.form, "input", "lines", "what standard input holds: lines, json or csv")
	f.StringVar(&in.column, "column", "", "with --input csv: the name of the column")
	f.StringVar(&c.Encoding, "encoding", "auto", "name, address, text: how the text is encoded: "+encodingNames)
	f.StringVar(&c.Ethnicity, "ethnicity", "", "name: the people that the person belongs to, as Ê-đê")
	f.StringVar(&c.CollectedAt, "collected-at", "", "date, address: the day on which the form was filled in; no birth date lies after it, no unit of 2025-07-01 before")
	f.StringVar(&c.Edition, "edition", "", "address: the units that it names: old (to 2025-06-30) or new; else the text decides")
	f.StringVar(&c.Gender, "gender", "", "id: the person's gender on the form")
	f.StringVar(&c.BirthDate, "birth-date", "", "id: the person's birth date on the form")
	f.StringVar(&c.BirthProvince, "birth-province", "", "id: province of birth registration, name or code to 2025-06-30, as 01")
	return cmd
}

// checkContext refuses an unknown kind, and context that the kind does not
// look at.
func checkContext(cmd *cobra.Command, kind string) (err error) {
	used, ok := kinds[kind]
	if !ok {
		return &usageError{say.Errorf("không có loại %q: dùng %s", "there is no kind %q: use %s", kind, kindNames)}
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "input" || f.Name == "column" || slices.Contains(used, f.Name) || cmd.InheritedFlags().Lookup(f.Name) != nil || err != nil {
			return
		}
		var of []string
		for _, k := range []string{"name", "address", "date", "id", "phone", "text"} {
			if slices.Contains(kinds[k], f.Name) {
				of = append(of, k)
			}
		}
		err = &usageError{say.Errorf("--%s không nói gì về giá trị loại %s: nó dành cho %s", "--%s says nothing about a value of kind %s: it is for %s", f.Name, kind, strings.Join(of, ", "))}
	})
	return err
}

// A valueWriter shows results as they come.
type valueWriter interface {
	write(r result) error
	close() error
}

// normalizeAll shows what becomes of each text, or of each value on standard
// input if there is no text.
func normalizeAll(n *normalizer, c valueContext, in *valueInput, from io.Reader, texts []string, out valueWriter) error {
	for _, text := range texts {
		r, err := n.value([]byte(text), c)
		if err != nil {
			return err
		}
		if err := out.write(r); err != nil {
			return err
		}
	}
	if len(texts) == 0 {
		for v, err := range in.values(from, c) {
			if err != nil {
				return err
			}
			r, err := n.value(v.raw, v.context)
			if err != nil {
				return say.Errorf("giá trị %d: %w", "value %d: %w", v.number, err)
			}
			if err := out.write(r); err != nil {
				return err
			}
		}
	}
	return out.close()
}

// valueLines writes one JSON object a line.
type valueLines struct{ out *json.Encoder }

func newLines(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}

func (l valueLines) write(r result) error { return l.out.Encode(r) }
func (l valueLines) close() error         { return nil }
