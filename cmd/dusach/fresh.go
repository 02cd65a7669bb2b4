package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// askLive asks the live that runs on the store of a command for the citizen whom
// an id means now. It is nil where nobody runs, where live does not know the id,
// or does not answer: then the published snapshot is looked into.
func askLive(cmd *cobra.Command, id string) (*lookup.Fresh, error) {
	store, err := storeOf(cmd, nil)
	if err != nil {
		return nil, err
	}
	f, err := lookup.Ask(cmd.Context(), store, id)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, lookup.ErrNobody), errors.Is(err, lookup.ErrNotFound):
		return nil, nil
	}
	newMessages(cmd).warn(say.Errorf("dusach live đang chạy trên kho này không trả lời (%v): xem bản chụp đã công bố", "the dusach live that runs on this store gives no answer (%v): looking into the published snapshot", err))
	return nil, nil
}

// freshCitizen is the citizen whom an id means to a running live, nil where
// nobody tells.
func freshCitizen(cmd *cobra.Command, id string) (*citizenView, error) {
	f, err := askLive(cmd, id)
	if err != nil || f == nil {
		return nil, err
	}
	v := &citizenView{asked: id, schema: record.FormSchema, number: f.Snapshot, citizen: f.Citizen, forms: f.Forms, fresh: f}
	v.sortLinks(f.Links)
	return v, nil
}

// asOf says what a view shows.
func (v *citizenView) asOf(lang string) string {
	if v.fresh == nil {
		return choose([2]string{"bản chụp ", "snapshot "}, lang) + v.number
	}
	return freshWords(v.fresh, lang)
}

func freshWords(f *lookup.Fresh, lang string) string {
	waiting := pipeline.Number(f.Unpublished, lang)
	if f.Snapshot == "" {
		return fmt.Sprintf(choose([2]string{"live đang chạy, %s phiếu chưa công bố", "as live knows now: %s messages, none published yet"}, lang), waiting)
	}
	return fmt.Sprintf(choose([2]string{"live đang chạy: bản chụp %s và %s phiếu chưa công bố", "as live knows now: snapshot %s and %s messages since"}, lang), f.Snapshot, waiting)
}
