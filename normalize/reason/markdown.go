package reason

import "fmt"

// String returns the word used in documents: "info", "warning", "error".
func (s Severity) String() string { return [...]string{"info", "warning", "error"}[s] }

// String returns the Vietnamese word of the goal.
func (g Goal) String() string { return [...]string{"đúng", "đủ", "sạch", "sống"}[g] }

// AppendMarkdown appends the registry as a document: one row a code, in the
// order of the registry.
func AppendMarkdown(dst []byte) []byte {
	dst = append(dst, `# Reason codes

Generated from the registry in `+"`normalize/reason`"+` by `+"`go generate ./normalize/reason`"+`. Do not edit.

A form is refused only with FORM_ROW_UNREADABLE, FORM_FILE_UNREADABLE, NAME_EMPTY or FORM_NO_IDENTITY; every other code
stands beside an accepted form. *info* is worth knowing, *warning* wants a look, *error* counts against the share of
records that are đúng. The goal is the one of the four words (đúng, đủ, sạch, sống) that the code counts for.

| code | severity | goal | tiếng Việt | English |
|---|---|---|---|---|
`...)
	for c := range NumCodes {
		dst = fmt.Appendf(dst, "| %s | %v | %v | %s | %s |\n", c, c.Severity(), c.Goal(), c.Caption("vi"), c.Caption("en"))
	}
	return dst
}
