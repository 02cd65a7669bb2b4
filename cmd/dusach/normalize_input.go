package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/say"
)

// valueContext is what else is known of the person or the form of a value.
type valueContext struct {
	Gender        string `json:"gender"`
	BirthDate     string `json:"birth_date"`
	BirthProvince string `json:"birth_province"`
	Ethnicity     string `json:"ethnicity"`
	CollectedAt   string `json:"collected_at"`
	Edition       string `json:"edition"`
	Encoding      string `json:"encoding"`
}

// A given is one value as it came.
type given struct {
	number  int
	raw     []byte
	context valueContext
}

// valueInput says how standard input is read.
type valueInput struct{ form, column string }

func (in *valueInput) check(cmd *cobra.Command, texts []string) error {
	f := cmd.Flags()
	switch {
	case !slices.Contains([]string{"lines", "json", "csv"}, in.form):
		return &usageError{say.Errorf("--input %s: dùng lines, json hoặc csv", "--input %s: use lines, json or csv", in.form)}
	case len(texts) > 0 && (f.Changed("input") || f.Changed("column")):
		return &usageError{say.Errorf("--input và --column dành cho đầu vào chuẩn: đừng ghi VĂN BẢN", "--input and --column are for standard input: leave the TEXT out")}
	case (in.form == "csv") != (in.column != ""):
		return &usageError{say.Errorf("--input csv và --column TÊN phải đi cùng nhau", "--input csv and --column NAME go together")}
	}
	return nil
}

// values yields the values on standard input. An empty line is an empty value.
func (in *valueInput) values(from io.Reader, c valueContext) iter.Seq2[given, error] {
	switch in.form {
	case "csv":
		return columnValues(from, in.column, c)
	case "json":
		return objectValues(from, c)
	}
	return func(yield func(given, error) bool) {
		for line, err := range lines(from) {
			if !yield(given{line.number, line.raw, c}, err) || err != nil {
				return
			}
		}
	}
}

// lines yields lines without their ends, whatever bytes they hold.
func lines(r io.Reader) iter.Seq2[given, error] {
	return func(yield func(given, error) bool) {
		in := bufio.NewReader(r)
		for number := 1; ; number++ {
			line, err := in.ReadBytes('\n')
			if err != nil && err != io.EOF {
				yield(given{}, say.Errorf("đọc đầu vào chuẩn: %w", "reading standard input: %w", err))
				return
			}
			if err == io.EOF && len(line) == 0 {
				return
			}
			line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
			if number == 1 {
				line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
			}
			if !yield(given{number: number, raw: line}, nil) || err == io.EOF {
				return
			}
		}
	}
}

// objectValues reads one JSON object a line: its value, and context that goes
// before the flags.
func objectValues(from io.Reader, c valueContext) iter.Seq2[given, error] {
	return func(yield func(given, error) bool) {
		for line, err := range lines(from) {
			if err == nil && len(bytes.TrimSpace(line.raw)) == 0 {
				continue
			}
			object := struct {
				Value any `json:"value"`
				valueContext
			}{valueContext: c}
			if err == nil {
				d := json.NewDecoder(bytes.NewReader(line.raw))
				d.UseNumber()
				if err = d.Decode(&object); err != nil {
					err = say.Errorf("dòng %d không phải đối tượng JSON có \"value\": %w", "line %d is not a JSON object with a \"value\": %w", line.number, err)
				}
			}
			text := ""
			if object.Value != nil {
				text = fmt.Sprint(object.Value)
			}
			if !yield(given{line.number, []byte(text), object.valueContext}, err) || err != nil {
				return
			}
		}
	}
}

// columnValues reads one column of comma, semicolon or tab separated values.
func columnValues(from io.Reader, column string, c valueContext) iter.Seq2[given, error] {
	return func(yield func(given, error) bool) {
		in := bufio.NewReader(from)
		head, _ := in.Peek(4096)
		head, _, _ = bytes.Cut(head, []byte("\n"))
		if mark := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, mark) {
			_, _ = in.Discard(len(mark)) // it was peeked at, so it is there
		}
		table := csv.NewReader(in)
		table.FieldsPerRecord, table.LazyQuotes = -1, true
		for _, comma := range ";\t" {
			if bytes.Count(head, []byte(string(comma))) > bytes.Count(head, []byte(string(table.Comma))) {
				table.Comma = comma
			}
		}
		names, err := table.Read()
		at := slices.IndexFunc(names, func(name string) bool { return strings.TrimSpace(name) == column })
		if err == nil && at < 0 {
			err = say.Errorf("không có cột %q: dòng đầu ghi %s", "there is no column %q: the first line names %s", column, strings.Join(names, ", "))
		}
		for number := 2; err == nil; number++ {
			var row []string
			if row, err = table.Read(); err == nil {
				text := ""
				if at < len(row) {
					text = row[at]
				}
				if !yield(given{number, []byte(text), c}, nil) {
					return
				}
			}
		}
		if err != io.EOF {
			yield(given{}, say.Errorf("đọc đầu vào chuẩn dạng CSV: %w", "reading standard input as CSV: %w", err))
		}
	}
}
