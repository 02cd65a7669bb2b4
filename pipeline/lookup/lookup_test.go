package lookup_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

const header = "form_id,collected_at,full_name,birth_date,gender,cccd,permanent_address,father_name,mother_name\n"

// batches are three cleans of one store. Đức's forms come the latest first, so
// that each clean moves his person_id; Cúc stays as she is; Lan is new in the
// second.
var batches = []string{
	header +
		`D3,2025-05-01,NGUYEN VAN DUC,1990,Nam,079090012345,"P. 12, Gò Vấp, TPHCM",Nguyễn Văn Bình,Trần Thị Hoa` + "\n" +
		`C1,2024-05-01,Lê Thị Cúc,30/11/1962,Nữ,,"Xã Tả Van, Sa Pa, Lào Cai",,` + "\n",
	header +
		`D2,2024-05-01,Nguyễn Văn Đức,01.05.1990,Nam,079090012345,"P. 12, Gò Vấp, TPHCM",Nguyễn Văn Bình,Trần Thị Hoa` + "\n" +
		`L1,2024-06-01,Phạm Thị Lan,1975-07-07,Nữ,,"Biên Hòa, Đồng Nai",,` + "\n",
	header +
		`D1,2023-05-01,Nguyễn Văn Đức,1990-05-01,Nam,079090012345,"P. 12, Gò Vấp, TPHCM",Nguyễn Văn Bình,Trần Thị Hoa` + "\n",
}

// store cleans the batches into one store and opens each of its snapshots.
func store(t *testing.T) []*lookup.Store {
	t.Helper()
	dir := t.TempDir()
	var list []*lookup.Store
	for i, text := range batches {
		input := filepath.Join(dir, fmt.Sprintf("batch-%d.csv", i))
		if err := os.WriteFile(input, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := pipeline.DefaultConfig(nil)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Tmp = t.TempDir()
		job := pipeline.Job{Inputs: []string{input}, Store: filepath.Join(dir, "store"), Lang: "en", Version: "test"}
		if _, err := pipeline.New(cfg).Clean(t.Context(), job, pipeline.Quiet{}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range batches {
		s, err := snapshot.Open(filepath.Join(dir, "store"), fmt.Sprintf("%06d", i+1))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, lookup.New(s))
	}
	return list
}

func one(t *testing.T, s *lookup.Store, id string) lookup.Form {
	t.Helper()
	forms, err := s.Forms(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return forms[0]
}

func TestLookup(t *testing.T) {
	snapshots := store(t)
	t.Run("every form leads to its citizen and back", func(t *testing.T) { everyForm(t, snapshots) })
	t.Run("a form as it came", func(t *testing.T) { asItCame(t, snapshots[2]) })
	t.Run("any old id leads to the one of now", func(t *testing.T) { oldIDs(t, snapshots) })
	t.Run("links have a form at an end", func(t *testing.T) { links(t, snapshots[2]) })
	t.Run("differences add up", func(t *testing.T) { differences(t, snapshots) })
	t.Run("what is not there is not found", func(t *testing.T) { missing(t, snapshots[0]) })
}

func everyForm(t *testing.T, snapshots []*lookup.Store) {
	for n, ids := range []string{"D3 C1", "D3 C1 D2 L1", "D3 C1 D2 L1 D1"} {
		s := snapshots[n]
		forms, err := s.Forms(t.Context(), strings.Fields(ids)...)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range strings.Fields(ids) {
			f := forms[i]
			if f.ID != id {
				t.Fatalf("form %s was asked for, %s came", id, f.ID)
			}
			own, err := s.Person(t.Context(), f.Person)
			if err != nil {
				t.Fatal(err)
			}
			c, err := s.Citizen(t.Context(), f.Person, own)
			if err != nil {
				t.Fatal(err)
			}
			blind, err := s.Citizen(t.Context(), f.Person, nil)
			if err != nil || blind.Province != c.Province {
				t.Errorf("without its forms the citizen of %s is in province %v: %v", id, blind, err)
			}
			found := false
			for j := range own {
				found = found || own[j].ID == id
				if j > 0 && own[j-1].ID >= own[j].ID {
					t.Errorf("the forms of %s are out of order", f.Person)
				}
			}
			if !found || c.Forms != len(own) || c.Person != f.Person {
				t.Errorf("form %s: citizen %s has %d forms, %d were found", id, c.Person, c.Forms, len(own))
			}
		}
	}
}

func asItCame(t *testing.T, s *lookup.Store) {
	f := one(t, s, "D2")
	if f.Came[record.BirthDate] != "01.05.1990" || f.Values[record.FormSchema.ColumnOf[record.BirthDate]] != "1990-05-01" {
		t.Errorf("the birth date came as %q and is %q", f.Came[record.BirthDate], f.Values[record.FormSchema.ColumnOf[record.BirthDate]])
	}
	if f.Came[record.PermanentAddress] != "P. 12, Gò Vấp, TPHCM" {
		t.Errorf("the address came as %q", f.Came[record.PermanentAddress])
	}
}

func oldIDs(t *testing.T, snapshots []*lookup.Store) {
	last := snapshots[2]
	now := one(t, last, "D1").Person
	for i, id := range []string{one(t, snapshots[0], "D3").Person, one(t, snapshots[1], "D2").Person, now} {
		persons, path, err := last.Resolve(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(persons) != 1 || persons[0] != now || len(path) != 2-i {
			t.Errorf("the id of snapshot %d leads to %v by %v", i+1, persons, path)
		}
		all, err := last.History(t.Context(), id)
		if err != nil || len(all) != 2 || all[0].Since != "000002" || all[1].Since != "000003" {
			t.Errorf("the history of the id of snapshot %d is %v, %v", i+1, all, err)
		}
	}
	if persons, path, err := last.Resolve(t.Context(), one(t, last, "C1").Person); err != nil || len(persons) != 1 || len(path) != 0 {
		t.Errorf("an id that never changed leads to %v by %v, %v", persons, path, err)
	}
}

func links(t *testing.T, s *lookup.Store) {
	f := one(t, s, "D1")
	list, err := s.Links(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		if l.A != f.ID && l.B != f.ID || l.A >= l.B {
			t.Errorf("the link %s – %s is none of %s", l.A, l.B, f.ID)
		}
	}
	l, ok := lookup.Between(list, "D2", "D1")
	if !ok || l.Verdict != record.Match || l.Rule == "" || l.Levels == "" {
		t.Errorf("D1 and D2 are linked by %+v", l)
	}
	if list, err = s.Links(t.Context(), one(t, s, "C1")); err != nil || len(list) != 0 {
		t.Errorf("a form like no other has the links %v, %v", list, err)
	}
}

func differences(t *testing.T, snapshots []*lookup.Store) {
	for i := range snapshots {
		for j := range snapshots {
			a, z := snapshots[i].Snapshot(), snapshots[j].Snapshot()
			steps := map[lookup.Step]int64{}
			d := lookup.Difference{Each: func(_ string, s lookup.Step) { steps[s]++ }}
			if err := d.Between(t.Context(), a, z); err != nil {
				t.Fatal(err)
			}
			if d.Kept+d.Grown+d.Gone != a.Manifest.Counts.Citizens || d.Kept+d.Grown+d.New != z.Manifest.Counts.Citizens {
				t.Errorf("%s to %s: %+v does not add up", a.Number, z.Number, d)
			}
			if steps[lookup.StepNew] != d.New || steps[lookup.StepGone] != d.Gone || steps[lookup.StepGrown] != d.Grown {
				t.Errorf("%s to %s: %+v, but told %v", a.Number, z.Number, d, steps)
			}
			if i == j && (d.New != 0 || d.Gone != 0 || d.Grown != 0) {
				t.Errorf("snapshot %s differs from itself: %+v", a.Number, d)
			}
		}
	}
}

func missing(t *testing.T, s *lookup.Store) {
	if _, err := s.Forms(t.Context(), "D3", "D1"); !errors.Is(err, lookup.ErrNotFound) || !strings.Contains(err.Error(), "D1") {
		t.Errorf("a form of later: %v", err)
	}
	for _, id := range []string{"0000000000000000", "zzzzzzzzzzzzzzzz", "", "nobody"} {
		if _, err := s.Person(t.Context(), id); !errors.Is(err, lookup.ErrNotFound) {
			t.Errorf("person %q: %v", id, err)
		}
		if _, err := s.Citizen(t.Context(), id, nil); !errors.Is(err, lookup.ErrNotFound) {
			t.Errorf("citizen %q: %v", id, err)
		}
	}
}

// Links trusts the codes of a form to say whether it has any: the two tables
// must agree on it, or a pair would be passed over in silence.
func TestLinkedFormsSaySo(t *testing.T) {
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Tmp = t.TempDir()
	folder := filepath.Join(t.TempDir(), "store")
	job := pipeline.Job{Inputs: []string{"../../fixtures/sample/01-phia-bac.csv"}, Store: folder, Lang: "en", Version: "test"}
	if _, err := pipeline.New(cfg).Clean(t.Context(), job, pipeline.Quiet{}); err != nil {
		t.Fatal(err)
	}
	s, err := snapshot.Open(folder, "")
	if err != nil {
		t.Fatal(err)
	}
	says := map[string]bool{}
	for rows, err := range s.ReadForms(t.Context(), "form_id", "reason_codes") {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			says[string(rows.Clean[s.Schema.ColumnOf[s.Schema.Key]].At(i))] = rows.Codes[i].Has(reason.DupProbable) || rows.Codes[i].Has(reason.DupReview)
		}
	}
	links := 0
	for rows, err := range s.ReadLinks(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows.N {
			links++
			if a, b := string(rows.FormA.At(i)), string(rows.FormB.At(i)); !says[a] || !says[b] {
				t.Errorf("the link %s – %s is not told by the codes of both", a, b)
			}
		}
	}
	if links == 0 {
		t.Error("the sample has no link to try")
	}
}
