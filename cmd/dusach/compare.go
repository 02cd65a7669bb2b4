package main

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// newCompareCmd is `dusach compare`: would these two records be one person?
func newCompareCmd() *cobra.Command {
	var configFile, modelFile, sizeClass string
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Say whether two records are one person, and why",
		Long: `compare reads two records as JSON from standard input (an array of two objects, or
one object after the other), cleans them as clean does, and shows what each
agreement or difference weighs: bits above 0 speak for one person, bits below 0
against it. The verdict is match, review (a person has to look) or non-match.

Names of fields are those of the collection form: full_name, birth_date, gender,
cccd, cmnd, permanent_address, father_name and so on; Vietnamese headers are
understood too. A record needs no form_id. Fields that are missing are no
evidence.`,
		Example: `  dusach compare --lang en <<'END'
  {"full_name": "Nguyễn Văn Đức", "birth_date": "1990-05-01", "cccd": "079090012345"}
  {"full_name": "NGUYEN VAN DUC", "birth_date": "1990", "cccd": "079090012345"}
  END`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			hint(cmd, "two records as JSON")
			objects, err := twoObjects(stdin(cmd))
			if err != nil {
				return err
			}
			cfg, err := configFor(cmd, configFile, modelFile, sizeClass)
			if err != nil {
				return err
			}
			if cfg.Learn {
				return &usageError{say.Errorf("--config mô tả loại bản ghi chưa có mô hình: hãy chọn bằng --model tệp mà clean để lại trong kho hoặc train ghi ra", "--config describes records of which no model is known: name one with --model, as clean leaves it in a store or train writes it")}
			}
			warnUnknown(cmd, &cfg, objects)
			forms, err := readForms(cmd.Context(), &cfg, objects)
			if err != nil {
				return err
			}
			j, err := judge(cmd.Context(), &cfg, forms, language(cmd))
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return newLines(cmd.OutOrStdout()).Encode(j)
			}
			return j.print(cmd.OutOrStdout(), language(cmd))
		},
	}
	f := cmd.Flags()
	f.StringVar(&configFile, "config", "", "a `FILE` that describes another record type")
	f.StringVar(&modelFile, "model", "", "a trained model (default: the one that comes with dusach)")
	f.StringVar(&sizeClass, "size-class", "province", "province (up to 20 million forms) or nation (up to 120 million)")
	return cmd
}

// maxObject bounds what is read from standard input.
const maxObject = 4 << 20

// twoObjects reads two JSON objects, each as one line.
func twoObjects(in io.Reader) ([][]byte, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxObject))
	if err != nil {
		return nil, say.Errorf("đọc đầu vào chuẩn: %w", "reading standard input: %w", err)
	}
	wrong := say.Errorf(`hãy đưa hai bản ghi qua đầu vào chuẩn: [{"full_name": …}, {"full_name": …}], hoặc hai đối tượng nối nhau`, `give two records on standard input: [{"full_name": …}, {"full_name": …}], or one object after the other`)
	var parts []json.RawMessage
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var part json.RawMessage
		if err := d.Decode(&part); err == io.EOF {
			break
		} else if err != nil {
			return nil, say.Errorf("đầu vào chuẩn không phải JSON: %w: %w", "standard input is no JSON: %w: %w", err, wrong)
		}
		parts = append(parts, part)
	}
	if len(parts) == 1 && parts[0][0] == '[' {
		if err := json.Unmarshal(parts[0], &parts); err != nil {
			return nil, err
		}
	}
	if len(parts) != 2 {
		return nil, say.Errorf("đã cho %d bản ghi: %w", "%d records were given: %w", len(parts), wrong)
	}
	var objects [][]byte
	for _, part := range parts {
		var line bytes.Buffer
		if err := json.Compact(&line, part); err != nil || line.Bytes()[0] != '{' {
			return nil, wrong
		}
		objects = append(objects, line.Bytes())
	}
	return objects, nil
}

// warnUnknown names members that no field of the form is called. Their values
// are no evidence.
func warnUnknown(cmd *cobra.Command, cfg *pipeline.Config, objects [][]byte) {
	seen := map[string]bool{}
	for _, object := range objects {
		var members map[string]json.RawMessage
		if json.Unmarshal(object, &members) != nil {
			continue
		}
		for name := range members {
			if !knownField(cmd.Context(), cfg, name) && !seen[name] {
				seen[name] = true
				newMessages(cmd).warn(say.Errorf("phiếu không có trường %q: đã bỏ qua", "the form has no field %q: it was left out", name))
			}
		}
	}
}

// print shows the evidence as a waterfall.
func (j *judgement) print(out io.Writer, lang string) error {
	return model.WriteExplanation(out, &j.explanation, lang)
}
