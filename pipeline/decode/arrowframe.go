package decode

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
	flatbuffers "github.com/google/flatbuffers/go"
)

// arrowContinues begins every part of a stream of Arrow's.
var arrowContinues = []byte{0xff, 0xff, 0xff, 0xff}

// arrowFrames cuts a stream that lies in memory into its parts. The reader of
// the library makes room for whatever a part says of its size before it looks
// whether that much is there.
type arrowFrames struct {
	rest []byte
	part *ipc.Message
}

var errArrowCut = errors.New("the message ends within a part")

// Message returns the next part, valid until the next call.
func (f *arrowFrames) Message() (*ipc.Message, error) {
	if len(f.rest) == 0 {
		return nil, io.EOF // an end without a mark is an end as well
	}
	head, ok := f.take(8)
	if !ok {
		return nil, errArrowCut
	}
	if string(head[:4]) != string(arrowContinues) {
		return nil, errors.New("a part does not begin as it should")
	}
	size := binary.LittleEndian.Uint32(head[4:])
	if size == 0 {
		return nil, io.EOF
	}
	meta, ok := f.take(int64(size))
	if !ok {
		return nil, errArrowCut
	}
	about := ipc.NewMessage(memory.NewBufferBytes(meta), memory.NewBufferBytes(nil))
	if about.Type() == ipc.MessageSchema {
		if err := checkSchema(meta); err != nil {
			return nil, err
		}
	}
	body, ok := f.take(about.BodyLen())
	if !ok {
		return nil, errArrowCut
	}
	f.part = ipc.NewMessage(memory.NewBufferBytes(meta), memory.NewBufferBytes(body))
	return f.part, nil
}

func (f *arrowFrames) take(n int64) ([]byte, bool) {
	if n < 0 || n > int64(len(f.rest)) {
		return nil, false
	}
	taken := f.rest[:n:n]
	f.rest = f.rest[n:]
	return taken, true
}

// Retain and Release do nothing: the memory is the message's.
func (f *arrowFrames) Retain() {}

// Release does nothing.
func (f *arrowFrames) Release() {}

// What a schema may hold.
const (
	maxSchemaBytes  = 256 << 10
	maxSchemaFields = 512 // nested ones among them
)

// checkSchema refuses a schema that unfolds to more than it looks. The tables
// of flatbuffers point to each other: many may point to one, so that a few
// hundred bytes stand for fields or texts without number. The names of its
// tables' slots are those of Arrow's Message.fbs and Schema.fbs.
func checkSchema(meta []byte) error {
	if len(meta) > maxSchemaBytes {
		return fmt.Errorf("a schema of %d bytes", len(meta))
	}
	const header, fields, metadata = 8, 6, 8
	root := flatbuffers.Table{Bytes: meta, Pos: flatbuffers.GetUOffsetT(meta)}
	at := root.Offset(header)
	if at == 0 {
		return errors.New("a schema without content")
	}
	var schema flatbuffers.Table
	root.Union(&schema, flatbuffers.UOffsetT(at))
	s := schemaSize{fields: maxSchemaFields, bytes: maxSchemaBytes}
	s.texts(&schema, metadata)
	s.list(&schema, fields)
	if s.fields < 0 || s.bytes < 0 {
		return errors.New("a schema that unfolds to more than it holds")
	}
	return nil
}

// schemaSize counts down what is left of fields and of bytes of text.
type schemaSize struct{ fields, bytes int }

// list counts the fields of a list, and their lists.
func (s *schemaSize) list(t *flatbuffers.Table, slot flatbuffers.VOffsetT) {
	const name, children, metadata = 4, 14, 16
	tables(t, slot, func(field *flatbuffers.Table) bool {
		s.fields--
		if at := field.Offset(name); at != 0 {
			s.bytes -= len(field.ByteVector(field.Pos + flatbuffers.UOffsetT(at)))
		}
		if s.fields >= 0 && s.bytes >= 0 {
			s.texts(field, metadata)
			s.list(field, children)
		}
		return s.fields >= 0 && s.bytes >= 0
	})
}

// texts counts the keys and values of a list of pairs.
func (s *schemaSize) texts(t *flatbuffers.Table, slot flatbuffers.VOffsetT) {
	tables(t, slot, func(pair *flatbuffers.Table) bool {
		for _, of := range [...]flatbuffers.VOffsetT{4, 6} {
			if at := pair.Offset(of); at != 0 {
				s.bytes -= len(pair.ByteVector(pair.Pos + flatbuffers.UOffsetT(at)))
			}
		}
		s.bytes--
		return s.bytes >= 0
	})
}

// tables calls visit for each table of a list until it returns false.
func tables(t *flatbuffers.Table, slot flatbuffers.VOffsetT, visit func(*flatbuffers.Table) bool) {
	at := flatbuffers.UOffsetT(t.Offset(slot))
	if at == 0 {
		return
	}
	first := t.Vector(at)
	for i := range t.VectorLen(at) {
		if !visit(&flatbuffers.Table{Bytes: t.Bytes, Pos: t.Indirect(first + 4*flatbuffers.UOffsetT(i))}) {
			return
		}
	}
}
