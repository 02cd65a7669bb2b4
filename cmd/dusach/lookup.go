package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/matchers/library"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// openStore opens the store that --store names, at a snapshot or, without one,
// at the published. A date is the last snapshot whose data go no further.
func openStore(cmd *cobra.Command, number string) (*lookup.Store, error) {
	folder, err := storeOf(cmd, nil)
	if err != nil {
		return nil, err
	}
	if day, ok := normalize.ParseISO(number); ok && day.Full() {
		number, err = snapshot.AsOf(folder, day.String())
	} else {
		number, err = snapshotNumber(number)
	}
	if err != nil {
		return nil, err
	}
	s, err := snapshot.Open(folder, number)
	if err != nil {
		return nil, err
	}
	return lookup.New(s), nil
}

// snapshotNumber reads the number of a snapshot, with or without its zeros.
func snapshotNumber(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || n == 0 || n > 999999 {
		return "", &usageError{say.Errorf("%q không phải bản chụp: viết dạng 000042, hoặc một ngày như 2026-11-21", "%q is no snapshot: name one as 000042, or a day as 2026-11-21", text)}
	}
	return fmt.Sprintf("%06d", n), nil
}

// forms returns forms by their ids, and says what to do where one is missing.
func formsOf(ctx context.Context, s *lookup.Store, ids ...string) ([]lookup.Form, error) {
	forms, err := s.Forms(ctx, ids...)
	if errors.Is(err, lookup.ErrNotFound) {
		return nil, say.Errorf("%w: phiếu có thể đã bị cách ly (dusach export --table quarantine), hoặc gửi với mã khác", "%w: it may have been refused (dusach export --table quarantine), or sent under another id", err)
	}
	return forms, err
}

// shortValue is the value of a field in one cell: an address as its text and
// the codes of its commune, before and since 2025-07-01.
func shortValue(s *record.Schema, f record.Field, values []string) string {
	at := s.ColumnOf[f]
	if !s.Fields[f].Kind.IsAddress() {
		return values[at]
	}
	text, old, now := values[at], values[at+1], values[at+2]
	switch {
	case old != "" && now != "":
		return text + " [" + old + " → " + now + "]"
	case old+now != "":
		return text + " [" + old + now + "]"
	}
	return text
}

// citizenColumn returns where the value of a field stands in a golden record,
// -1 where it has none.
func citizenColumn(s *record.Schema, f record.Field) int {
	for i, c := range s.CitizenColumns {
		if c == s.ColumnOf[f] {
			return i
		}
	}
	return -1
}

// fieldCaption is what people call a field.
func fieldCaption(s *record.Schema, f record.Field, lang string) string {
	if s.IsForm() {
		return choose(fieldCaptions[f], lang)
	}
	return s.Fields[f].Name
}

// levelCaptions turns the levels of a link ("full_name=exact …") into words.
func levelCaptions(levels, lang string) string {
	list := library.Comparisons()
	var words []string
	for _, pair := range strings.Fields(levels) {
		name, level, _ := strings.Cut(pair, "=")
		words = append(words, levelCaption(list, name, level, lang))
	}
	return strings.Join(words, "; ")
}

func levelCaption(list []matchers.Comparison, name, level, lang string) string {
	for i := range list {
		for l := range list[i].Levels {
			if list[i].Name == name && list[i].Levels[l].Name == level {
				return list[i].Caption(lang) + ": " + list[i].LevelCaption(matchers.Level(l), lang)
			}
		}
	}
	return name + ": " + level
}
