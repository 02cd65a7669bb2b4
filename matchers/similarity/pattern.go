package similarity

// A Pattern is one text prepared for comparing with many: its table of letters
// is built once. It is used by one goroutine; Set prepares another text in place.
type Pattern struct {
	pm   [256]uint64
	text []byte
}

// NewPattern prepares a text. The bytes are copied.
func NewPattern(text []byte) *Pattern {
	p := new(Pattern)
	p.Set(text)
	return p
}

// Set replaces the text.
func (p *Pattern) Set(text []byte) {
	for _, c := range p.text {
		p.pm[c] = 0
	}
	p.text = append(p.text[:0], text...)
	fillAll(&p.pm, p.text[:min(len(p.text), 64)])
}

// Levenshtein returns the Levenshtein distance of the pattern and a text.
func (p *Pattern) Levenshtein(text []byte) int {
	if len(p.text) == 0 || len(p.text) > 64 {
		return Levenshtein(p.text, text)
	}
	return myers(&p.pm, len(p.text), text, len(p.text)+len(text))
}

// OSA returns the optimal string alignment distance of the pattern and a text.
func (p *Pattern) OSA(text []byte) int {
	if len(p.text) == 0 || len(p.text) > 64 {
		return OSA(p.text, text)
	}
	return hyyro(&p.pm, len(p.text), text, len(p.text)+len(text))
}

// OSAWithin is OSA with an early end: limit+1 when the distance exceeds limit.
func (p *Pattern) OSAWithin(text []byte, limit int) int {
	if d := len(p.text) - len(text); d > limit || -d > limit {
		return limit + 1
	}
	if len(p.text) == 0 || len(p.text) > 64 {
		return OSAWithin(p.text, text, limit)
	}
	return atMost(hyyro(&p.pm, len(p.text), text, limit), limit)
}

// Jaro returns the Jaro similarity of the pattern and a text.
func (p *Pattern) Jaro(text []byte) float64 {
	if len(p.text) == 0 || len(text) == 0 || len(p.text) > 64 || len(text) > 64 {
		return Jaro(p.text, text)
	}
	return jaroShort(&p.pm, p.text, text)
}

// JaroWinkler returns the Jaro–Winkler similarity of the pattern and a text.
func (p *Pattern) JaroWinkler(text []byte) float64 {
	return winkler(p.Jaro(text), p.text, text)
}

// LCS returns the length of the longest common subsequence with a text.
func (p *Pattern) LCS(text []byte) int {
	if len(p.text) == 0 || len(p.text) > 64 {
		return LCS(p.text, text)
	}
	return lcsShort(&p.pm, len(p.text), text)
}

// OSAs appends the distance to each text of a slab: text i lies in
// slab[ends[i-1]:ends[i]], the first from 0.
func (p *Pattern) OSAs(dst []int, slab []byte, ends []uint32) []int {
	start := uint32(0)
	for _, end := range ends {
		dst = append(dst, p.OSA(slab[start:end]))
		start = end
	}
	return dst
}

// JaroWinklers appends the similarity to each text of a slab, laid out as in OSAs.
func (p *Pattern) JaroWinklers(dst []float64, slab []byte, ends []uint32) []float64 {
	start := uint32(0)
	for _, end := range ends {
		dst = append(dst, p.JaroWinkler(slab[start:end]))
		start = end
	}
	return dst
}
