package block

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/matchers/phonetic"
	"github.com/dusach/dusach/pipeline/record"
)

// generalBits is how rare a value of a general kind is taken to be: a key of two
// of them is not hot in a province, one alone is.
const generalBits = 8

// A general function makes the atom of a field of a general kind; n is its
// second argument.
type generalFunction struct {
	argument string // what the second argument is; "" if there is none
	text     func(text []byte, n int) uint64
	// slow functions are worked out once for each distinct value
	slow func(text []byte) uint64
}

var generalFunctions = map[string]generalFunction{
	"prefix":    {argument: "how many letters", text: func(t []byte, n int) uint64 { return record.HashText(t[:min(n, len(t))]) }},
	"suffix":    {argument: "how many letters", text: func(t []byte, n int) uint64 { return record.HashText(t[max(0, len(t)-n):]) }},
	"word":      {argument: "which word, counted from 1", text: nthWord},
	"last_word": {text: func(t []byte, _ int) uint64 { return record.HashText(t[bytes.LastIndexByte(t, ' ')+1:]) }},
	"longest":   {text: longestWord},
	"initials":  {text: initialLetters},
	"soundex":   {slow: phonetic.Soundex},
	"metaphone": {slow: phonetic.Metaphone},
	"nysiis":    {slow: phonetic.NYSIIS},
	"sorted":    {slow: phonetic.SortedWords},
}

// generalAtom makes the atom of a function of a general field.
func generalAtom(a *atom, function string, args []string, kind record.Kind) error {
	a.even = generalBits
	switch {
	case kind == record.KindQuantity:
		return quantityAtom(a, function, args)
	case function == "" && len(args) == 0:
		a.eval = func(k *record.Known, row []byte, a *atom) uint64 { return k.Values.Hash(record.Uint32(row, a.at)) }
		return nil
	}
	if len(args) == 0 && severalAtom(a, function) {
		return nil
	}
	f, ok := generalFunctions[function]
	if !ok {
		names := slices.Sorted(maps.Keys(generalFunctions))
		names = append(names, slices.Sorted(maps.Keys(severalFunctions))...)
		last := len(names) - 1
		return fmt.Errorf("there is no function %q for fields of this kind: use %s or %s", function, strings.Join(names[:last], ", "), names[last])
	}
	n := 0
	if f.argument == "" && len(args) > 0 {
		return fmt.Errorf("%s takes the field alone", function)
	}
	if f.argument != "" {
		var err error
		if len(args) != 1 {
			return fmt.Errorf("%s takes the field and %s", function, f.argument)
		}
		if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || n > 100 {
			return fmt.Errorf("%s: %q is not %s", function, args[0], f.argument)
		}
	}
	if f.slow != nil {
		a.prepare = func(k *record.Known, a *atom) {
			a.table = k.Values.Derive(func(text []byte, _ uint64) uint64 { return f.slow(text) })
		}
		a.eval = func(k *record.Known, row []byte, a *atom) uint64 {
			return k.Values.Derived[a.table][record.Uint32(row, a.at)]
		}
		return nil
	}
	a.eval = func(k *record.Known, row []byte, a *atom) uint64 {
		text := k.Values.At(record.Uint32(row, a.at))
		if len(text) == 0 {
			return 0
		}
		return f.text(text, n)
	}
	return nil
}

// quantityAtom is a number, or the step of a size that it lies in.
func quantityAtom(a *atom, function string, args []string) error {
	step := 0.0
	switch {
	case function == "round" && len(args) == 1:
		var err error
		if step, err = strconv.ParseFloat(args[0], 64); err != nil || step <= 0 {
			return fmt.Errorf("round: %q is no step above 0", args[0])
		}
	case function != "":
		return fmt.Errorf("there is no function %q for numbers: write the field alone, or round(field, step)", function)
	}
	a.eval = func(_ *record.Known, row []byte, a *atom) uint64 {
		v, ok := record.Quantity(row, a.at)
		if !ok {
			return 0
		}
		if step > 0 {
			v = math.Round(v / step)
		}
		return record.Mix(1, math.Float64bits(v+0)) | 1 // + 0: minus zero is zero
	}
	return nil
}

func nthWord(text []byte, n int) uint64 {
	for ; n > 1; n-- {
		space := bytes.IndexByte(text, ' ')
		if space < 0 {
			return 0
		}
		text = text[space+1:]
	}
	if space := bytes.IndexByte(text, ' '); space >= 0 {
		text = text[:space]
	}
	return record.HashText(text)
}

// longestWord is the first of the longest words.
func longestWord(text []byte, _ int) uint64 {
	var best []byte
	for len(text) > 0 {
		word := text
		if space := bytes.IndexByte(text, ' '); space >= 0 {
			word, text = text[:space], text[space+1:]
		} else {
			text = nil
		}
		if len(word) > len(best) {
			best = word
		}
	}
	return record.HashText(best)
}

func initialLetters(text []byte, _ int) uint64 {
	h := uint64(1)
	for i, c := range text {
		if i == 0 || text[i-1] == ' ' {
			h = record.Mix(h, uint64(c))
		}
	}
	return h | 1<<63
}
