package columnar

import (
	"fmt"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// Kind is the type of a column.
type Kind uint8

// The kinds that a table of dusach needs.
const (
	Text     Kind = iota // UTF-8
	Bytes                // bytes that need not be text
	Int32                // 32 bits, signed
	Int64                // 64 bits, signed
	Double               // IEEE 754, 64 bits
	TextList             // list<string>
	PairList             // list<struct<string, string>>
)

// Coding says how the values of a column lie in the file.
type Coding uint8

// The codings. Whatever is asked for, a reader gets the same values.
const (
	Plain      Coding = iota // numbers as they are
	Coded                    // numbers in a dictionary, if values repeat enough; text only
	CodedByEnd               // as Coded; values of a large dictionary lie in the order of their ends
	Lengths                  // all lengths, then all bytes: text that hardly repeats
	Prefixes                 // what differs from the value before: text in order
	Deltas                   // differences: numbers that grow
)

// A Def defines one column of a file.
type Def struct {
	Name     string
	Kind     Kind
	Coding   Coding
	Optional bool      // an empty text is null
	Dense    bool      // a large dictionary is worth a better compression
	Members  [2]string // of the entries of a PairList
}

// A leaf is one column of primitive values, as Parquet numbers them: a list of
// pairs has two.
func (d Def) leaves() []Column {
	c := Column{path: []string{d.Name}, coding: d.Coding, typ: format.ByteArray, dense: d.Dense}
	if d.Coding == CodedByEnd {
		c.coding, c.byEnd = Coded, true
	}
	switch d.Kind {
	case Int32:
		c.typ = format.Int32
	case Int64:
		c.typ = format.Int64
	case Double:
		c.typ = format.Double
	case TextList:
		c.path, c.maxDef, c.maxRep = []string{d.Name, "list", "element"}, 1, 1
	case PairList:
		a, b := c, c
		a.path, a.maxDef, a.maxRep = []string{d.Name, "list", "element", d.Members[0]}, 1, 1
		b.path, b.maxDef, b.maxRep = []string{d.Name, "list", "element", d.Members[1]}, 1, 1
		return []Column{a, b}
	}
	if d.Optional {
		if c.maxDef > 0 || c.typ != format.ByteArray {
			panic(fmt.Sprintf("BUG: column %s cannot be optional", d.Name))
		}
		c.maxDef = 1
	}
	return []Column{c}
}

// elements are the nodes of the column in the schema of a file, parents first.
func (d Def) elements() []format.SchemaElement {
	switch d.Kind {
	case TextList:
		return []format.SchemaElement{list(d.Name), repeated(), text("element", format.Required)}
	case PairList:
		return []format.SchemaElement{list(d.Name), repeated(), group("element", 2),
			text(d.Members[0], format.Required), text(d.Members[1], format.Required)}
	}
	repetition := format.Required
	if d.Optional {
		repetition = format.Optional
	}
	if d.Kind == Text {
		return []format.SchemaElement{text(d.Name, repetition)}
	}
	types := map[Kind]format.Type{Bytes: format.ByteArray, Int32: format.Int32, Int64: format.Int64, Double: format.Double}
	return []format.SchemaElement{{Name: d.Name, Type: thrift.New(types[d.Kind]), RepetitionType: thrift.New(repetition)}}
}

func text(name string, r format.FieldRepetitionType) format.SchemaElement {
	return format.SchemaElement{
		Name: name, Type: thrift.New(format.ByteArray), RepetitionType: thrift.New(r),
		ConvertedType: thrift.New(deprecated.UTF8),
		LogicalType:   format.LogicalType{Value: &format.StringType{}},
	}
}

func group(name string, children int32) format.SchemaElement {
	return format.SchemaElement{Name: name, RepetitionType: thrift.New(format.Required), NumChildren: thrift.New(children)}
}

func list(name string) format.SchemaElement {
	e := group(name, 1)
	e.ConvertedType = thrift.New(deprecated.List)
	e.LogicalType = format.LogicalType{Value: &format.ListType{}}
	return e
}

func repeated() format.SchemaElement {
	e := group("list", 1)
	e.RepetitionType = thrift.New(format.Repeated)
	return e
}

// schema returns the schema of a file of these columns, and its leaves.
func schema(name string, defs []Def) (elements []format.SchemaElement, leaves []Column) {
	root := format.SchemaElement{Name: name, NumChildren: thrift.New(int32(len(defs)))}
	elements = append(elements, root)
	for _, d := range defs {
		elements = append(elements, d.elements()...)
		leaves = append(leaves, d.leaves()...)
	}
	return elements, leaves
}
