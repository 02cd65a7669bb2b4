package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// newHistoryCmd is `dusach history`: what became of a person_id.
func newHistoryCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "history ID --store STORE",
		Short: "Show what became of a person_id, snapshot by snapshot",
		Long: `history lists every snapshot in which the forms of a person_id got another id,
joined those of another citizen, or were parted. A person_id stays as it is for
as long as no earlier form of the person turns up and no mistake is mended, so
most have no history at all.

Below it lists the life events that the forms report, in the order in which they
take effect, what each set, and the day from which another event set it anew.

ID is a person_id that any snapshot of the store ever used, or the id of a form.`,
		Example: "  dusach history 0h2x4vq8m1c7r5tb --store out",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := openStore(cmd, "")
			if err != nil {
				return err
			}
			h, err := freshHistory(cmd, s, args[0])
			if err != nil {
				return err
			}
			if err := h.addLife(cmd.Context(), s, maskOf(cmd)); err != nil {
				return err
			}
			if asJSON(cmd) {
				return newLines(cmd.OutOrStdout()).Encode(h)
			}
			_, err = cmd.OutOrStdout().Write([]byte(h.text(language(cmd))))
			return err
		},
	}
	addUnmask(cmd)
	return cmd
}

// personHistory is all that changed about a person_id.
type personHistory struct {
	Asked   string          `json:"asked"`
	Now     []string        `json:"now"` // the citizens that have its forms
	Changes []lookup.Change `json:"changes"`
	Life    []lifeEvent     `json:"life_events"`

	fresh *lookup.Fresh // what a running live said; nil: it is of the snapshot
}

// freshHistory is the history of an id, and who has its forms now to the live that
// runs on the store.
func freshHistory(cmd *cobra.Command, s *lookup.Store, id string) (*personHistory, error) {
	f, err := askLive(cmd, id)
	if err != nil {
		return nil, err
	}
	h, err := historyOf(cmd, s, id)
	if err != nil {
		if f == nil {
			return nil, err
		}
		h = &personHistory{Asked: id, Changes: []lookup.Change{}} // no snapshot holds it yet
	}
	if f != nil {
		h.Now, h.fresh = []string{f.Citizen.Person}, f
	}
	return h, nil
}

func historyOf(cmd *cobra.Command, s *lookup.Store, id string) (*personHistory, error) {
	ctx := cmd.Context()
	person := id
	if _, ok := record.ParsePerson([]byte(id)); !ok {
		forms, err := formsOf(ctx, s, id)
		if err != nil {
			return nil, err
		}
		person = forms[0].Person
	}
	changes, err := s.History(ctx, person)
	if err != nil {
		return nil, err
	}
	now, _, err := s.Resolve(ctx, person)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 {
		if _, err := s.Person(ctx, person); errors.Is(err, lookup.ErrNotFound) {
			return nil, say.Errorf("không bản chụp nào của kho từng có công dân %s: lấy mã từ dusach export --table citizens", "no snapshot of the store ever had a citizen %s: take the id from dusach export --table citizens", person)
		} else if err != nil {
			return nil, err
		}
	}
	return &personHistory{Asked: id, Now: now, Changes: append([]lookup.Change{}, changes...)}, nil
}

func (h *personHistory) text(lang string) string {
	var b strings.Builder
	for _, c := range h.Changes {
		b.WriteString("  " + changeSentence(c, lang) + "\n")
	}
	if len(h.Changes) == 0 {
		b.WriteString("  " + choose([2]string{"Chưa từng thay đổi.", "Nothing ever changed."}, lang) + "\n")
	}
	fmt.Fprintf(&b, "%s: %s\n", choose([2]string{"Hiện nay là", "Now"}, lang), strings.Join(h.Now, ", "))
	lifeText(&b, h.Life, lang)
	if h.fresh != nil {
		b.WriteString("(" + freshWords(h.fresh, lang) + ")\n")
	}
	return b.String()
}

// changeSentence tells a row of the table history.
func changeSentence(c lookup.Change, lang string) string {
	words := map[string][2]string{
		"renamed": {"%s: %s đổi mã thành %s", "%s: %s became %s"},
		"joined":  {"%s: %s gộp vào %s", "%s: %s joined %s"},
		"split":   {"%s: %s tách ra, một phần là %s", "%s: %s was parted, a part is %s"},
	}[c.Change]
	if words[0] == "" {
		words = [2]string{"%s: %s → %s", "%s: %s → %s"}
	}
	return fmt.Sprintf(choose(words, lang), c.Since, c.Person, c.Became)
}
