package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/recordtype"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// ReadConfig reads the file that describes a record type. modelFile is the model
// that the user names beside it ("": what the file says). Where neither names
// one, Config.Learn is set and Model weighs nothing yet.
func ReadConfig(path, modelFile string) (Config, error) {
	t, err := readType(path)
	if err != nil {
		return Config{}, err
	}
	return configOf(t, modelFile)
}

// ReadConfigToLearn reads the file that describes a record type of which a model is
// to be learnt: whatever model the file names is not asked for. modelFile is the
// model to begin from, "" none.
func ReadConfigToLearn(path, modelFile string) (Config, error) {
	t, err := readType(path)
	if err != nil {
		return Config{}, err
	}
	if t.Extends == "" {
		t.Model = "learn"
	} else {
		t.Model = ""
	}
	return configOf(t, modelFile)
}

func readType(path string) (*recordtype.Type, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("--config: %w", err)
	}
	defer file.Close()
	return recordtype.Parse(file, path)
}

func configOf(t *recordtype.Type, modelFile string) (Config, error) {
	if t.Extends != "" {
		return extendForm(t, modelFile)
	}
	c, err := typeConfig(t)
	if err != nil {
		return c, err
	}
	return c, c.choose(t, modelFile)
}

// typeConfig binds what a file says, with a model that weighs nothing yet.
func typeConfig(t *recordtype.Type) (Config, error) {
	schema, err := schemaOf(t)
	if err != nil {
		return Config{}, err
	}
	c := Config{Packing: record.NewPacking(schema), Epoch: epochDate, Workers: runtime.GOMAXPROCS(0), Tmp: os.TempDir()}
	if err := c.compareBy(t); err != nil {
		return c, err
	}
	c.Rules, err = rulesOf(t, c.Packing)
	return c, err
}

// schemaOf returns the schema of a type; that of the collection form is
// record.FormSchema itself.
func schemaOf(t *recordtype.Type) (*record.Schema, error) {
	var fields []record.FieldDef
	keys := 0
	for i := range t.Fields {
		f := &t.Fields[i]
		def := f.Definition()
		if def.Kind == record.KindKey {
			if keys++; keys > 1 {
				return nil, t.Errorf(f.Place, "there is a key already: give the field %s another kind, as code", f.Name)
			}
			def.Sheet = true
		}
		fields = append(fields, def)
	}
	if keys == 0 {
		// Records without an id are known by their content.
		fields = append([]record.FieldDef{{Name: "record_id", Kind: record.KindKey, Sheet: true}}, fields...)
	}
	if t.Record == record.FormSchema.Name && slices.Equal(fields, record.FormSchema.Fields) {
		return record.FormSchema, nil
	}
	schema, err := record.NewSchema(t.Record, fields)
	if err == nil {
		err = snapshot.CheckSchema(schema)
	}
	if err != nil {
		return nil, t.Errorf(t.Fields[0].Place, "%v", err)
	}
	return schema, nil
}

// compareBy binds the comparisons.
func (c *Config) compareBy(t *recordtype.Type) error {
	c.Definitions = nil
	for i := range t.Comparisons {
		c.Definitions = append(c.Definitions, definitionOf(&t.Comparisons[i]))
	}
	m := model.Default()
	set, at, err := compare.Build(c.Definitions, c.Packing, m.Terms.Rarity)
	if err != nil {
		return placed(t, at, err)
	}
	c.Comparisons = set
	c.Model, err = model.Blank(set.Describe())
	return err
}

func definitionOf(c *recordtype.Comparison) compare.Definition {
	d := compare.Definition{Name: c.Name, VI: c.VI, EN: c.EN, Fields: c.Fields, Any: c.Any, TermFrequency: c.TermFrequency, Shared: c.Shared}
	if c.Library {
		d.Library = c.Name
	}
	for _, l := range c.Levels {
		d.Levels = append(d.Levels, compare.LevelDefinition{When: l.When, Name: l.Name, VI: l.VI, EN: l.EN})
	}
	return d
}

// placed says where in the file comparison i or one of its levels stands.
func placed(t *recordtype.Type, i int, err error) error {
	var e *compare.DefinitionError
	switch {
	case i < 0:
		return fmt.Errorf("%s: %w", t.File, err)
	case errors.As(err, &e) && e.Level >= 0:
		return t.Errorf(t.Comparisons[i].Levels[e.Level].Place, "%v", err)
	}
	return t.Errorf(t.Comparisons[i].Place, "%v", err)
}

// rulesOf reads the blocking rules.
func rulesOf(t *recordtype.Type, p *record.Packing) (rules []block.Rule, err error) {
	for _, r := range t.Blocking {
		rule, err := block.ParseRule(r.Text, p)
		if err != nil {
			return nil, t.Errorf(r.Place, "%v", err)
		}
		rules = append(rules, rule)
	}
	if err := block.CheckRules(rules); err != nil {
		return nil, t.Errorf(t.Blocking[0].Place, "%v", err)
	}
	return rules, nil
}

// extendForm is the configuration of the collection form with what a file
// changes: headers of fields, blocking rules, thresholds, the model.
func extendForm(t *recordtype.Type, modelFile string) (Config, error) {
	c, err := DefaultConfig(nil)
	if err != nil {
		return c, err
	}
	if t.Record != "" && t.Record != record.FormSchema.Name {
		return c, t.Errorf(recordtype.Place{}, "record: a file that extends the form describes the form: leave record out")
	}
	if len(t.Comparisons) > 0 {
		return c, t.Errorf(t.Comparisons[0].Place, "the comparisons of the form belong to its model: write a record type of its own (dusach config show prints the form's)")
	}
	if c.Intake.Headers, err = formHeaders(t); err != nil {
		return c, err
	}
	rules, err := rulesOf(t, c.Packing)
	switch {
	case err != nil:
		return c, err
	case t.AddBlocking:
		c.Rules = append(c.Rules, rules...)
		if err := block.CheckRules(c.Rules); err != nil {
			return c, t.Errorf(t.Blocking[0].Place, "%v", err)
		}
	case len(rules) > 0:
		c.Rules = rules
	}
	if t.Model == "" && modelFile == "" {
		return c, c.setThresholds(t)
	}
	return c, c.choose(t, modelFile)
}

// formHeaders returns further headers of the form's fields.
func formHeaders(t *recordtype.Type) (map[string][]string, error) {
	headers := map[string][]string{}
	for i := range t.Fields {
		f := &t.Fields[i]
		if record.FormSchema.ByName(f.Name) == record.None {
			return nil, t.Errorf(f.Place, "the form has no field %q%s", f.Name, recordtype.Hint(f.Name, formFields()))
		}
		if f.Kind != "" || f.Missing != nil || f.Sheet {
			return nil, t.Errorf(f.Place, "a file that extends the form can give the field %s headers and nothing else", f.Name)
		}
		headers[f.Name] = f.Headers
	}
	return headers, nil
}

func formFields() (names []string) {
	for _, f := range record.FormSchema.Fields {
		names = append(names, f.Name)
	}
	return names
}

// choose takes the model that the user or the file names; without one it is to
// be learnt.
func (c *Config) choose(t *recordtype.Type, modelFile string) error {
	if modelFile == "" && t.Model != "" && t.Model != "learn" {
		modelFile = t.Model
		if !filepath.IsAbs(modelFile) {
			modelFile = filepath.Join(filepath.Dir(t.File), modelFile)
		}
	}
	if modelFile == "" {
		fits := model.Default().Bind(c.Comparisons.Describe()) == nil
		if c.Learn = !fits || t.Model == "learn"; !c.Learn {
			c.Model = model.Default()
		}
		return c.setThresholds(t)
	}
	m, err := readModel(modelFile)
	if err != nil {
		return t.Errorf(t.ModelPlace, "%v", err)
	}
	if err := m.Bind(c.Comparisons.Describe()); err != nil {
		return t.Errorf(t.ModelPlace, "%v", err)
	}
	c.Model = m
	return c.setThresholds(t)
}

func readModel(name string) (*model.Model, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	m, err := model.Load(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// setThresholds puts the thresholds of a file in the place of the model's.
func (c *Config) setThresholds(t *recordtype.Type) error {
	if p := t.Match.Probability; p != 0 {
		c.thresholds.Match = model.Bits(p)
	}
	if p := t.Review.Probability; p != 0 {
		c.thresholds.Review = model.Bits(p)
	}
	m, err := c.WithThresholds(c.Model)
	if err != nil {
		return t.Errorf(t.Review.Place, "%v", err)
	}
	c.Model = m
	return nil
}

// WithThresholds returns a model under the thresholds that the configuration
// sets.
func (c *Config) WithThresholds(m *model.Model) (*model.Model, error) {
	if c.thresholds == (model.Thresholds{}) {
		return m, nil
	}
	m = m.Clone()
	if v := c.thresholds.Match; v != 0 {
		m.Thresholds.Match = v
	}
	if v := c.thresholds.Review; v != 0 {
		m.Thresholds.Review = v
	}
	if t := m.Thresholds; t.Review > t.Match {
		return nil, fmt.Errorf("the threshold of review (%.4g) lies above that of match (%.4g): set both", model.Probability(float32(t.Review)), model.Probability(float32(t.Match)))
	}
	m.Thresholds.LinkFloor = min(m.Thresholds.LinkFloor, m.Thresholds.Review)
	return m, nil
}
