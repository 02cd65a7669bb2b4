package intake

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

const (
	headerLines = 30 // lines among which the header is looked for
	headerSpan  = 8  // lines that one header may take
)

var delimiters = []byte{',', ';', '\t', '|'}

// A headline is a reading of some line as the header.
type headline struct {
	header *record.Header
	known  int
	next   int   // where the rows begin
	lines  int64 // before them
}

// findHeader finds header and separator in what s holds, and leaves s at the
// first row: the reading in which most columns are known. Titles may stand
// above it; a line further down counts only if it is better than all before.
// One known name among many is no header: a row of data can hold "Nam".
func (r *run) findHeader(s *splitter) (*record.Header, error) {
	var best headline
	var first []string
	pos, declared := separatorLine(s.buf)
	lines := int64(0)
	if pos > 0 {
		lines = 1
	}
	for n := 0; n < headerLines && pos < len(s.buf); n++ {
		for _, d := range delimiters {
			if declared != 0 && d != declared {
				continue
			}
			names, next, span := headerAt(s.buf, pos, s.eol, d)
			h, known := r.headerOf(names, d)
			if first == nil || (n == 0 && len(names) > len(first)) {
				first = names
			}
			wider := best.header != nil && known == best.known && best.lines == lines+span && len(names) > len(best.header.Names)
			if known > best.known || (wider && known > 0) {
				best = headline{h, known, next, lines + span}
			}
		}
		if best.known >= 2 && n == 0 {
			break
		}
		end := bytes.IndexByte(s.buf[pos:], s.eol)
		if end < 0 {
			break
		}
		pos += end + 1
		lines++
	}
	if best.known == 0 || (best.known == 1 && len(best.header.Names) > 3) {
		return nil, r.unknownHeader(first)
	}
	s.pos, s.line = best.next, best.lines
	return best.header, nil
}

// separatorLine reads the line "sep=;" that a spreadsheet may put first. It
// returns where the text goes on and the separator, 0 if there is none.
func separatorLine(text []byte) (next int, delimiter byte) {
	rest, ok := bytes.CutPrefix(text, []byte("sep="))
	if !ok || len(rest) < 2 || (rest[1] != '\r' && rest[1] != '\n') {
		return 0, 0
	}
	end := bytes.IndexByte(text, '\n')
	if end < 0 {
		return 0, 0
	}
	return end + 1, rest[0]
}

// headerAt reads the record at pos as a header. It returns the names, where
// the next record begins and how many lines it took.
func headerAt(text []byte, pos int, eol, delimiter byte) (names []string, next int, lines int64) {
	end := pos
	for lines < headerSpan {
		n := bytes.IndexByte(text[end:], eol)
		if n < 0 {
			end, next = len(text), len(text)
		} else {
			end, next = end+n, end+n+1
		}
		lines++
		if _, open, _ := scanLine(trimReturn(text[pos:end]), delimiter); !open || n < 0 {
			break
		}
		end = next
	}
	line := trimReturn(text[pos:end])
	for i := 0; i <= len(line); i++ {
		stop := len(line)
		if i < len(line) && line[i] == '"' {
			if stop, _ = closeQuote(line, i+1, delimiter); stop < 0 {
				stop = len(line)
			}
		} else if n := bytes.IndexByte(line[i:], delimiter); n >= 0 {
			stop = i + n
		}
		name := strings.ReplaceAll(strings.Trim(string(line[i:stop]), `"`), `""`, `"`)
		names = append(names, strings.TrimSpace(name))
		i = stop
	}
	return names, next, lines
}

// headerOf maps names, undoing the encoding of a legacy font if only that
// makes columns known.
func (r *run) headerOf(names []string, delimiter byte) (*record.Header, int) {
	best, known := r.mapper.header(names, delimiter)
	if r.opt.Declared {
		if h, n := r.mapper.header(decodeAll(names, r.opt.Encoding), delimiter); n >= known {
			return h, n
		}
		return best, known
	}
	if utf8.ValidString(strings.Join(names, "")) && known > 0 {
		return best, known
	}
	for e := normalize.TCVN3; e <= normalize.Mojibake2; e++ {
		if h, n := r.mapper.header(decodeAll(names, e), delimiter); n > known {
			best, known = h, n
		}
	}
	return best, known
}

func decodeAll(names []string, e normalize.Encoding) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = string(normalize.AppendDecoded(nil, []byte(n), e))
	}
	return out
}

// describe lists headers that were found, unless they look like the data of a
// person: those do not belong in an error.
func describe(names []string) error {
	text := strings.Join(names, " | ")
	digits := 0
	for _, c := range []byte(text) {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits >= 4 || !utf8.ValidString(text) || len(text) > 1000 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' }) {
		return say.Errorf("dòng đầu có %d cột, giống dữ liệu hoặc không phải chữ", "the first line has %d columns and reads like data or no text at all", len(names))
	}
	return say.Errorf("thấy %q", "found %q", names)
}
