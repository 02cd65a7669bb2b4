package recordtype

import (
	"bytes"
	"encoding/json"
)

// object is a part of a JSON Schema.
type object map[string]any

// JSONSchema returns the JSON Schema (draft 2020-12) of the files that Parse
// reads, for editors that check while one writes. What needs knowledge of the
// other parts of a file, as whether a field exists, is left to Parse.
func JSONSchema() []byte {
	text := func(what string) object { return object{"type": "string", "minLength": 1, "description": what} }
	texts := func(what string) object {
		return object{"description": what, "oneOf": []object{{"type": "string"}, {"type": "array", "items": object{"type": "string"}}}}
	}
	yes := func(what string) object { return object{"type": "boolean", "description": what} }
	name := object{"pattern": goodName.String()}
	kind := object{"enum": KindNames(), "description": "how the field is read and compared"}

	field := object{"oneOf": []object{kind, {
		"type": "object", "additionalProperties": false,
		"properties": object{
			"kind":    kind,
			"headers": texts("what sources call the field beside its name"),
			"formats": texts("how a date is written: YYYY-MM-DD, DD/MM/YYYY, D MON YYYY, YYYY"),
			"missing": texts("texts that stand for no value"),
			"sheet":   yes("the field tells of the form and not of the person: golden records leave it out"),
		}}}}
	condition := text("a condition: exact, jaro_winkler >= 0.9, exact(given_name) and edit(surname) <= 1")
	levelNames := object{"allOf": []object{name, {"not": object{"enum": []string{"else", "null"}}}}}
	level := object{"oneOf": []object{
		{"type": "string", "minLength": 1, "not": object{"const": "else"}},
		{"type": "object", "additionalProperties": false, "required": []string{"when"}, "properties": object{
			"when": condition, "name": levelNames, "vi": text("caption in Vietnamese"), "en": text("caption in English")}}}}
	levels := object{"type": "array", "minItems": 1, "items": level, "description": "degrees of agreement, the highest first"}
	comparison := object{"oneOf": []object{levels, {
		"type": "object", "additionalProperties": false,
		"properties": object{
			"field":          texts("the field, where the comparison is not called like it"),
			"fields":         texts("the fields that are judged together"),
			"any":            yes("any two values of the fields may agree"),
			"library":        yes("the comparison of the library that has this name"),
			"term_frequency": yes("a rare value that is equal proves more than a common one"),
			"shared":         yes("relatives and neighbours agree here without being one"),
			"vi":             text("caption in Vietnamese"), "en": text("caption in English"),
			"levels": levels,
		},
		"oneOf": []object{{"required": []string{"levels"}}, {"required": []string{"library"}, "properties": object{"library": object{"const": true}}}},
	}}}
	rule := text("a blocking rule: surname + year(birth_date), soundex(surname) + postcode")
	rules := object{"type": "array", "minItems": 1, "uniqueItems": true, "items": rule, "description": "which records may meet: those that share a key of any rule"}
	share := object{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}

	schema := object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"title":       "dusach record type",
		"description": "What records are, how they are compared, and which may meet. docs/config.md explains every key.",
		"type":        "object", "additionalProperties": false,
		"properties": object{
			"record":      text("the name of the record type"),
			"extends":     object{"const": "form", "description": "the file changes the collection form"},
			"fields":      object{"type": "object", "minProperties": 1, "propertyNames": name, "additionalProperties": field},
			"comparisons": object{"type": "object", "minProperties": 1, "propertyNames": name, "additionalProperties": comparison},
			"blocking": object{"oneOf": []object{rules, {"type": "object", "additionalProperties": false,
				"required": []string{"add"}, "properties": object{"add": rules}}}},
			"thresholds": object{"type": "object", "additionalProperties": false, "properties": object{"match": share, "review": share}},
			"model":      text("learn, or a file that dusach train wrote"),
		},
		"if":   object{"required": []string{"extends"}},
		"else": object{"required": []string{"record", "fields", "comparisons", "blocking"}, "properties": object{"blocking": object{"type": "array"}}},
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(schema); err != nil {
		panic("BUG: " + err.Error())
	}
	return out.Bytes()
}
