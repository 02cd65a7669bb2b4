package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"runtime"
	"strings"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// NormalizeVersion is raised whenever normalization changes what it makes of a
// form: snapshots of one version can be compared.
const NormalizeVersion = "5"

// epochDate bounds the dates of forms that do not say when they were taken. It
// belongs to the epoch: there is no clock in the house.
var epochDate = normalize.Date(2026<<9 | 12<<5 | 31)

// Config is everything that decides what becomes of the forms, in one value.
type Config struct {
	Packing     *record.Packing
	Comparisons *compare.Set
	Rules       []block.Rule
	Model       *model.Model
	SizeClass   model.SizeClass
	Epoch       normalize.Date
	Definitions []compare.Definition // what Comparisons were built of
	Learn       bool                 // no model was given: learn one from the input before judging it
	LinkOnly    bool                 // the two inputs are free of duplicates; only pairs across them count
	thresholds  model.Thresholds     // that a file sets, 0: the model's

	Workers   int    // goroutines that work at the same time
	BatchSize int    // rows of a chunk
	Memory    int64  // ceiling in bytes; 0: none
	Tmp       string // folder for scratch; "": the system's
	Strict    bool   // end the run at the first file that cannot be read
	Intake    intake.Options

	// Resume lets Clean go on from where an earlier process of the same run was
	// ended. Mark is after how many forms that are read it can do so again, 0: two
	// million; Restart begins anew whatever there is to go on from.
	Resume, Restart bool
	Mark            int64
}

// formRules are the blocking rules of the collection form. The first that
// brings a pair counts it, so the surest come first, and those under which a
// record has several keys last. Each of the later ones is there for a kind of
// damage: no number, no phone, a wrong date, another address, a misread name, an
// abbreviated one, a name given up. They were chosen out of about 230 by what each
// adds to the true pairs found for the pairs that it makes, on corpora of several
// kinds (docs/decisions/blocking-rules.md).
var formRules = []string{
	"cccd",
	"cmnd",
	"phone + given(full_name)",
	"looks(full_name) + any_day(birth_date)",
	"folded(full_name) + year(birth_date) / province(permanent_address)",
	"given(full_name) + day(birth_date) / surname(full_name) + province(permanent_address)",
	"initials(full_name) + day(birth_date) / province(permanent_address)",
	"words(full_name) + day_month(birth_date) / province(permanent_address)",
	"phone + year(birth_date)",
	"phone + given(father_name)",
	"phone + given(mother_name)",
	"initials(full_name) + given(full_name) + year(birth_date) + province(permanent_address) / district(permanent_address)",
	"looks(full_name) + year(birth_date) + province(permanent_address) / district(permanent_address)",
	"sounds(full_name) + year(birth_date) + province(permanent_address)",
	"surname(full_name) + given(full_name) + year(birth_date) + district(permanent_address)",
	"surname(full_name) + given(full_name) + day_month(birth_date) + province(permanent_address) / district(permanent_address)",
	"initials(full_name) + day_month(birth_date) + commune(permanent_address)",
	"initials(full_name) + year(birth_date) + commune(permanent_address)",
	"initials(full_name) + year(birth_date) + commune(hometown)",
	"given(full_name) + year(birth_date) + commune(hometown)",
	"commune(permanent_address) + day(birth_date)",
	"but_given(full_name) + day(birth_date) / province(permanent_address)",
	"given(full_name) + given(father_name) + given(mother_name) / district(permanent_address)",
	"given(full_name) + given(mother_name) + given(spouse_name) / province(permanent_address)",
	"given(full_name) + given(father_name) + given(spouse_name) / province(permanent_address)",
	"initials(full_name) + given(mother_name) + given(spouse_name) / province(permanent_address)",
	"initials(full_name) + given(full_name) + given(mother_name) / district(permanent_address)",
	"initials(full_name) + given(full_name) + given(spouse_name) / district(permanent_address)",
	"given(full_name) + given(father_name) + surname(full_name) + province(permanent_address) / district(permanent_address)",
	"initials(full_name) + given(father_name) + province(permanent_address) / district(permanent_address)",
	"given(full_name) + day_month(birth_date) + given(father_name) / district(permanent_address)",
	"given(father_name) + any_day(birth_date) / surname(father_name)",
	"given(mother_name) + any_day(birth_date) / surname(mother_name)",
	"given(spouse_name) + day(birth_date) / surname(spouse_name)",
	"given(father_name) + given(mother_name) + year(birth_date) / district(permanent_address)",
	"given(father_name) + given(mother_name) + day_month(birth_date) / district(permanent_address)",
	"given(mother_name) + given(spouse_name) + year(birth_date) / district(permanent_address)",
	"given(father_name) + given(spouse_name) + surname(full_name) + province(permanent_address) / district(permanent_address)",
	"initials(full_name) + given(father_name) + year(birth_date) / province(permanent_address)",
	"initials(full_name) + given(mother_name) + year(birth_date) / province(permanent_address)",
	"folded(full_name) + folded(father_name) / province(permanent_address)",
	"initials(full_name) + folded(spouse_name) / province(permanent_address)",
	"looks(full_name) + looks(father_name) + province(permanent_address) / district(permanent_address)",
	"looks(full_name) + looks(mother_name) / province(permanent_address)",
	"looks(full_name) + looks(spouse_name) / province(permanent_address)",
	"folded(father_name) + year(birth_date) + province(permanent_address) / district(permanent_address)",
	"folded(mother_name) + year(birth_date) + province(permanent_address) / district(permanent_address)",
	"folded(spouse_name) + year(birth_date) / province(permanent_address)",
	"folded(head_name) + year(birth_date) + province(permanent_address) / district(permanent_address)",
	"folded(head_name) + given(full_name) + province(permanent_address) / district(permanent_address)",
	"folded(head_name) + given(mother_name) / district(permanent_address)",
	"given(father_name) + year(birth_date) + commune(permanent_address)",
	"house(permanent_address) + given(full_name)",
	"house(permanent_address) + year(birth_date)",
	"house(current_address) + year(birth_date)",
	"household_no",
	"ends(cccd)",
	"head9(cccd)",
	"words(full_name | other_name) + year(birth_date) + province(permanent_address)",
}

// DefaultConfig returns the configuration of the collection form under a model;
// nil is the model that comes with dusach.
func DefaultConfig(m *model.Model) (Config, error) {
	if m == nil {
		m = model.Default()
	}
	c, err := formConfig(m)
	if err == nil {
		err = m.Bind(c.Comparisons.Describe())
	}
	return c, err
}

// LearningConfig returns the configuration of the collection form to learn a
// model with: that of DefaultConfig, or, where the model that comes with dusach
// is older than the comparisons, a blank one with its term frequencies.
func LearningConfig() (Config, error) {
	m := model.Default()
	c, err := formConfig(m)
	if err != nil || m.Bind(c.Comparisons.Describe()) == nil {
		return c, err
	}
	c, err = BlankConfig()
	if err == nil {
		c.Model.SetTerms(m.Terms)
	}
	return c, err
}

// BlankConfig returns the configuration of the collection form under a model that
// knows nothing, not even how common names are.
func BlankConfig() (Config, error) {
	m := new(model.Model)
	c, err := formConfig(m)
	if err != nil {
		return c, err
	}
	blank, err := model.Blank(c.Comparisons.Describe())
	if err != nil {
		return c, err
	}
	*m = *blank // the comparisons ask it how rare a name is
	return c, nil
}

// Forget returns the configuration of the form under a model that knows nothing: that
// of BlankConfig with the rules and headers of c.
func (c *Config) Forget() (Config, error) {
	blank, err := BlankConfig()
	blank.Rules, blank.Intake.Headers = c.Rules, c.Intake.Headers
	return blank, err
}

// formConfig returns the configuration of the form, whether or not the weights of
// the model fit it.
func formConfig(m *model.Model) (Config, error) {
	packing := record.NewPacking(record.FormSchema)
	c := Config{Packing: packing, Model: m, Epoch: epochDate, Workers: runtime.GOMAXPROCS(0), Tmp: os.TempDir()}
	for _, spec := range compare.FormComparisons {
		c.Definitions = append(c.Definitions, compare.Definition{Name: spec.Comparison, Library: spec.Comparison, Fields: spec.Fields})
	}
	var err error
	if c.Comparisons, _, err = compare.Build(c.Definitions, packing, m.Terms.Rarity); err != nil {
		return c, err
	}
	for _, text := range formRules {
		rule, err := block.ParseRule(text, packing)
		if err != nil {
			return c, err
		}
		c.Rules = append(c.Rules, rule)
	}
	return c, nil
}

// Schema returns the record type.
func (c *Config) Schema() *record.Schema { return c.Packing.Schema }

// People returns how many records the size class is made for at most.
func (c *Config) People() float64 {
	if c.SizeClass == model.Nation {
		return 120e6
	}
	return 20e6
}

// SizeClassName returns the size class as it is written on the command line.
func (c *Config) SizeClassName() string {
	if c.SizeClass == model.Nation {
		return "nation"
	}
	return "province"
}

// ParseSizeClass reads a size class.
func ParseSizeClass(name string) (model.SizeClass, error) {
	switch name {
	case "province":
		return model.Province, nil
	case "nation":
		return model.Nation, nil
	}
	return 0, say.Errorf("cỡ %q: dùng province (đến 20 triệu phiếu) hoặc nation (đến 120 triệu)", "size class %q: use province (up to 20 million forms) or nation (up to 120 million)", name)
}

// RuleNames returns the texts of the blocking rules.
func (c *Config) RuleNames() []string {
	names := make([]string, len(c.Rules))
	for i := range c.Rules {
		names[i] = c.Rules[i].Text
	}
	return names
}

// RulesHash is the SHA-256 of the blocking rules.
func (c *Config) RulesHash() string {
	rules := strings.Join(c.RuleNames(), "\n")
	if c.LinkOnly {
		rules += "\nlink only"
	}
	sum := sha256.Sum256([]byte(rules))
	return hex.EncodeToString(sum[:])
}
