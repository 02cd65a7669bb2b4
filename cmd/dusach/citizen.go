package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/review"
	"github.com/dusach/dusach/pipeline/say"
)

// newCitizenCmd is `dusach citizen`: a golden record and why it is one person.
func newCitizenCmd() *cobra.Command {
	var number string
	cmd := &cobra.Command{
		Use:   "citizen ID --store STORE",
		Short: "Show a citizen: golden record, forms, and why they are one person",
		Long: `citizen shows the golden record of a citizen next to the forms that it was made
of, marks where the forms differ (≠) and from which one the value was taken, and
says which pairs of forms belong together and why. Then come pairs with other
citizens that a person has to look at, others that match and were kept apart,
with the reason, and what people decided.

ID is a person_id, or the id of one of the forms. A person_id that is no longer
in use leads to the citizens who have its forms now.

While dusach live runs on the store it is asked, so that forms which no snapshot
holds yet are there too; the first line says what is shown. --as-of with a day
takes the last snapshot whose forms were collected until then.`,
		Example: "  dusach citizen 0h2x4vq8m1c7r5tb --store out\n  dusach citizen HN-000123 --store out --as-of 000041",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			views, err := citizensOf(cmd, args[0], number)
			if err != nil {
				return err
			}
			if asJSON(cmd) {
				return printViews(cmd, views)
			}
			var b strings.Builder
			for i, v := range views {
				if i > 0 {
					b.WriteString("\n\n")
				}
				v.print(&b, maskOf(cmd), language(cmd))
			}
			_, err = cmd.OutOrStdout().Write([]byte(b.String()))
			return err
		},
	}
	cmd.Flags().StringVar(&number, "as-of", "", "an earlier snapshot, as 000042, or a day, as 2026-11-21 (default: what a running live knows, else the published one)")
	addUnmask(cmd)
	return cmd
}

// A citizenView is all there is to say of a citizen.
type citizenView struct {
	asked   string
	path    []lookup.Change // how the id that was asked for led here
	schema  *record.Schema
	number  string // of the snapshot
	citizen *lookup.Citizen
	forms   []lookup.Form
	links   []lookup.Link // within the citizen
	reviews []lookup.Link // to other citizens
	fresh   *lookup.Fresh // what a running live said; nil: it is of the snapshot

	splits    []splitJSON // matches with other citizens that were not followed
	decisions []review.Decision
	followed  int // decisions that the snapshot follows
}

// citizensOf finds who an id means: in a snapshot, if one is named, else to the
// live that runs on the store, else in the published one.
func citizensOf(cmd *cobra.Command, id, number string) ([]*citizenView, error) {
	if number == "" {
		if v, err := freshCitizen(cmd, id); err != nil || v != nil {
			return []*citizenView{v}, err
		}
	}
	s, err := openStore(cmd, number)
	if err != nil {
		return nil, err
	}
	views, err := findCitizens(cmd.Context(), s, id)
	if err != nil || number != "" {
		return views, err
	}
	for i, v := range views { // an earlier person_id: history led here
		if f, err := freshCitizen(cmd, v.citizen.Person); err != nil {
			return nil, err
		} else if f != nil {
			f.asked, f.path = v.asked, v.path
			views[i] = f
		}
	}
	return views, nil
}

// findCitizens finds who an id means now: by its person_id, by one that it had,
// or by a form.
func findCitizens(ctx context.Context, s *lookup.Store, id string) ([]*citizenView, error) {
	persons, path := []string{id}, []lookup.Change(nil)
	if _, ok := record.ParsePerson([]byte(id)); ok {
		var err error
		if persons, path, err = s.Resolve(ctx, id); err != nil {
			return nil, err
		}
	}
	var views []*citizenView
	for _, person := range persons {
		v, err := viewCitizen(ctx, s, person)
		if errors.Is(err, lookup.ErrNotFound) && len(persons) == 1 && len(path) == 0 {
			return viewByForm(ctx, s, id)
		}
		if err != nil {
			return nil, err
		}
		v.asked, v.path = id, path
		views = append(views, v)
	}
	return views, nil
}

func viewByForm(ctx context.Context, s *lookup.Store, id string) ([]*citizenView, error) {
	forms, err := s.Forms(ctx, id)
	if errors.Is(err, lookup.ErrNotFound) {
		return nil, say.Errorf("bản chụp %s không có công dân hay phiếu %s: lấy mã từ dusach export --table citizens", "snapshot %s has no citizen and no form %s: take the id from dusach export --table citizens", s.Snapshot().Number, id)
	}
	if err != nil {
		return nil, err
	}
	v, err := viewCitizen(ctx, s, forms[0].Person)
	if err != nil {
		return nil, err
	}
	v.asked = id
	return []*citizenView{v}, nil
}

func viewCitizen(ctx context.Context, s *lookup.Store, person string) (*citizenView, error) {
	v := &citizenView{schema: s.Snapshot().Schema, number: s.Snapshot().Number}
	var err error
	if v.forms, err = s.Person(ctx, person); err != nil {
		return nil, err
	}
	if v.citizen, err = s.Citizen(ctx, person, v.forms); err != nil {
		return nil, err
	}
	links, err := s.Links(ctx, v.forms...)
	if err != nil {
		return nil, err
	}
	v.sortLinks(links)
	return v, v.apart(ctx, s)
}

// apart finds what was not merged with the citizen though it matches, and what people
// decided on any of the forms.
func (v *citizenView) apart(ctx context.Context, s *lookup.Store) error {
	splits, err := s.SplitsOf(ctx, v.forms)
	if err != nil {
		return err
	}
	for _, l := range splits {
		if v.numberOf(l.A) < 0 || v.numberOf(l.B) < 0 {
			v.splits = append(v.splits, splitOf(l))
		}
	}
	ledger, err := review.Read(s.Snapshot().Store)
	if err != nil {
		return err
	}
	for _, d := range ledger.List {
		if v.numberOf(d.A) >= 0 || v.numberOf(d.B) >= 0 {
			v.decisions = append(v.decisions, d)
		}
	}
	if r := s.Snapshot().Manifest.Reviews; r != nil {
		v.followed = r.Decisions
	}
	return nil
}

// sortLinks parts the links of the forms into those within the citizen and those
// that a person has to look at.
func (v *citizenView) sortLinks(links []lookup.Link) {
	for _, l := range links {
		if v.numberOf(l.A) >= 0 && v.numberOf(l.B) >= 0 {
			v.links = append(v.links, l)
		} else if l.Verdict == record.Review {
			v.reviews = append(v.reviews, l)
		}
	}
}

// numberOf returns the place of a form among those of the citizen, -1 if it is
// another's.
func (v *citizenView) numberOf(form string) int {
	for i := range v.forms {
		if v.forms[i].ID == form {
			return i
		}
	}
	return -1
}
