package decode

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep JSON values may lie in each other.
const maxDepth = 64

// A parser reads one JSON object (RFC 8259). It is ours because a decoder that
// reflects or builds maps allocates for every value. Line ends and tabs are
// let pass within strings.
type parser struct {
	text    []byte
	at      int
	arena   []byte // strings that had escapes
	marked  bool   // a string held U+FFFD for half of a character
	control bool   // a control character was escaped
}

// object calls member for each member of the object, strings without their
// escapes, numbers and other values as they stand, null as nothing. It reports
// whether the text is one valid object; if not, some members may have been
// seen.
func (p *parser) object(member func(name, value []byte)) bool {
	p.space()
	return p.members(0, member) && p.end()
}

func (p *parser) end() bool {
	p.space()
	return p.at == len(p.text)
}

func (p *parser) members(depth int, member func(name, value []byte)) bool {
	if depth > maxDepth || !p.take('{') {
		return false
	}
	if p.space(); p.take('}') {
		return true
	}
	for {
		p.space()
		name, ok := p.str()
		if !ok {
			return false
		}
		if p.space(); !p.take(':') {
			return false
		}
		value, ok := p.value(depth)
		if !ok {
			return false
		}
		if member != nil {
			member(name, value)
		}
		p.space()
		if p.take('}') {
			return true
		}
		if !p.take(',') {
			return false
		}
	}
}

// value reads any value and returns its text.
func (p *parser) value(depth int) ([]byte, bool) {
	p.space()
	if p.at == len(p.text) {
		return nil, false
	}
	start := p.at
	ok := false
	switch p.text[p.at] {
	case '"':
		return p.str()
	case '{':
		ok = p.members(depth+1, nil)
	case '[':
		ok = p.elements(depth + 1)
	case 't':
		ok = p.word("true")
	case 'f':
		ok = p.word("false")
	case 'n':
		return nil, p.word("null")
	default:
		ok = p.number()
	}
	return p.text[start:p.at:p.at], ok
}

func (p *parser) elements(depth int) bool {
	if depth > maxDepth {
		return false
	}
	p.at++
	if p.space(); p.take(']') {
		return true
	}
	for {
		if _, ok := p.value(depth); !ok {
			return false
		}
		p.space()
		if p.take(']') {
			return true
		}
		if !p.take(',') {
			return false
		}
	}
}

func (p *parser) space() {
	for p.at < len(p.text) {
		if c := p.text[p.at]; c != ' ' && c != '\t' && c != '\r' && c != '\n' && !isControl[c] {
			return
		}
		p.at++
	}
}

func (p *parser) take(c byte) bool {
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) word(w string) bool {
	if !bytes.HasPrefix(p.text[p.at:], []byte(w)) {
		return false
	}
	p.at += len(w)
	return true
}

func (p *parser) number() bool {
	p.take('-')
	if !p.take('0') && !p.digits() {
		return false
	}
	if p.take('.') && !p.digits() {
		return false
	}
	if p.take('e') || p.take('E') {
		if !p.take('+') {
			p.take('-')
		}
		return p.digits()
	}
	return true
}

func (p *parser) digits() bool {
	start := p.at
	for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
		p.at++
	}
	return p.at > start
}

// str reads a string. Without escapes it is a part of the text.
func (p *parser) str() ([]byte, bool) {
	if !p.take('"') {
		return nil, false
	}
	start := p.at
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case '"':
			p.at++
			return p.text[start : p.at-1 : p.at-1], true
		case '\\':
			return p.escaped(start)
		}
		p.at++
	}
	return nil, false
}

// escaped reads on in a string whose first escape has been met.
func (p *parser) escaped(start int) ([]byte, bool) {
	begin := len(p.arena)
	p.arena = append(p.arena, p.text[start:p.at]...)
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch c {
		case '"':
			return p.arena[begin:len(p.arena):len(p.arena)], true
		case '\\':
			if !p.escape() {
				return nil, false
			}
		default:
			p.arena = append(p.arena, c)
		}
	}
	return nil, false
}

// escape reads what follows a backslash.
func (p *parser) escape() bool {
	if p.at == len(p.text) {
		return false
	}
	c := p.text[p.at]
	p.at++
	switch c {
	case '"', '\\', '/':
		p.arena = append(p.arena, c)
	case 'n', 'r', 't':
		p.arena = append(p.arena, ' ')
	case 'b':
		p.rune('\b')
	case 'f':
		p.rune('\f')
	case 'u':
		r, ok := p.hex()
		if ok {
			p.rune(r)
		}
		return ok
	default:
		return false
	}
	return true
}

// rune appends the character that r begins: two halves make one.
func (p *parser) rune(r rune) {
	if utf16.IsSurrogate(r) {
		whole := rune(utf8.RuneError)
		if at := p.at; p.word(`\u`) {
			low, _ := p.hex()
			if whole = utf16.DecodeRune(r, low); whole == utf8.RuneError {
				p.at = at
			}
		}
		r = whole
	}
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		r = ' '
	case r < ' ' || r == 0x7F:
		p.control = true
	case r == utf8.RuneError:
		p.marked = true
	}
	p.arena = utf8.AppendRune(p.arena, r)
}

// hex reads the four digits of a character.
func (p *parser) hex() (rune, bool) {
	if len(p.text)-p.at < 4 {
		return 0, false
	}
	r := rune(0)
	for _, c := range p.text[p.at : p.at+4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	p.at += 4
	return r, true
}
