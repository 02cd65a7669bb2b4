package decode

import (
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// maxNames bounds the memory that the names of JSON members take: a hostile
// source may use new ones in every line.
const maxNames = 4096

// object reads a row that is a JSON object and puts its members where they
// belong; unknown names are ignored. It reports whether the row is valid JSON.
func (s *Stage) object(row []byte, h *record.Header) bool {
	if s.from != h {
		clear(s.names)
		s.from = h
	}
	p := &s.parser
	*p = parser{text: row, arena: s.arena}
	ok := p.object(s.member)
	s.arena = p.arena
	if p.marked {
		s.codes.Add(reason.TextInvalidUTF8)
	}
	s.control = s.control || p.control
	return ok
}

// putMember puts a member of the object at hand where it belongs.
func (s *Stage) putMember(name, value []byte) { s.put(s.resolve(name), value) }

func (s *Stage) resolve(name []byte) record.Target {
	if t, ok := s.names[string(name)]; ok {
		return t
	}
	t := s.from.Resolve(name)
	if len(s.names) < maxNames {
		s.names[string(name)] = t
	}
	return t
}
