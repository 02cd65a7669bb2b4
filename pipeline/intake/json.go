package intake

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// jsonHeader returns the header of JSON lines: no columns, as every line names
// its own. It refuses a source whose first objects hold no known name.
func (r *run) jsonHeader(s *splitter) (*record.Header, error) {
	h := &record.Header{Resolve: r.mapper.resolveBytes}
	found := map[string]bool{}
	rest := s.buf
	for n := 0; n < headerLines && len(rest) > 0; n++ {
		line, tail, _ := bytes.Cut(rest, []byte{s.eol})
		rest = tail
		var object map[string]json.RawMessage
		if json.Unmarshal(line, &object) != nil {
			continue
		}
		for name := range object {
			if _, known := r.mapper.resolve(name); known {
				return h, nil
			}
			found[name] = true
		}
	}
	if len(found) == 0 {
		return h, nil
	}
	return nil, refuse(say.Errorf("không có tên trường nào quen thuộc: %v", "no known name: %v", describe(slices.Sorted(maps.Keys(found)))),
		say.Words{VI: "hãy dùng các tên " + r.mapper.expected(), EN: "use the names " + r.mapper.expected()})
}
