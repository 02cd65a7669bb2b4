// Package reason is the one registry of reason codes: why a form was refused,
// or what was found, emptied or repaired in a form that was accepted.
//
// A code has a stable name (NAME_EMPTY), a severity, the one of the four words
// of the data goal that it belongs to (đúng, đủ, sạch, sống: true, enough,
// clean, live) and a caption in Vietnamese and English. Quarantine, forms,
// report, scorecard and portal all read this table, so a code means the same
// thing wherever a person meets it.
//
// Laws: names are unique and never change their meaning; Parse is the inverse
// of Code.String; a Set is a value, so copying one never shares memory.
//
//go:generate go run gen/main.go ../../docs/reason-codes.md
package reason
