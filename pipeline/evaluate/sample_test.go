package evaluate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/dusach/dusach/pipeline/record"
)

// A store of 6,000 persons of one to three forms, of whom every 20th was merged
// with the next, and every 15th was split.
func crowd() (*memory, []string) {
	m, r := &memory{}, rand.New(rand.NewPCG(5, 6))
	var truth []string
	citizen, form := 0, 0
	for person := range 6000 {
		if person%20 != 1 {
			citizen++
		}
		first := ""
		for k := range 1 + r.IntN(3) {
			if k > 0 && person%15 == 0 {
				citizen++
			}
			id := fmt.Sprintf("f%06d", form)
			form++
			m.add(id, fmt.Sprintf("c%06d", citizen), nil)
			truth = append(truth, fmt.Sprintf("%s,p%d,,", id, person))
			if k == 0 {
				first = id
			} else {
				m.link(first, id, 10, record.Match)
			}
		}
		if person%20 == 0 { // its next one becomes part of it
			m.link(first, fmt.Sprintf("f%06d", form), 9, record.Match)
		}
	}
	return m, truth
}

// What is measured on a sample of the persons is what is true of all of them,
// give or take chance, wrong pairs with strangers included.
func TestSampleMeasuresTheWhole(t *testing.T) {
	store, lines := crowd()
	measure := func(header string, lines []string) *Result {
		text := header + "\n" + strings.Join(lines, "\n") + "\n"
		res, err := Evaluate(context.Background(), store, mustRead(t, truthFile(t, "truth.csv", text)))
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	const header = "form_id,person_id,malformed,process"
	whole := measure(header, lines)
	if whole.Sample != 0 || whole.WrongPairs == 0 {
		t.Fatalf("the whole: sample %v, %d wrong pairs", whole.Sample, whole.WrongPairs)
	}
	// A whole that calls itself one is measured like any.
	var marked []string
	for _, line := range lines {
		marked = append(marked, line+",1")
	}
	if all := measure(header+",share", marked); all.WrongPairs != whole.WrongPairs || all.Pairwise != whole.Pairwise || all.Sample != 0 {
		t.Errorf("a share of 1: %+v, want %+v", all.Pairwise, whole.Pairwise)
	}
	r := rand.New(rand.NewPCG(7, 8))
	drawn := map[string]bool{}
	for person := range 6000 {
		drawn[fmt.Sprintf("p%d", person)] = r.Float64() < .3
	}
	var some []string
	for _, line := range lines {
		if drawn[strings.Split(line, ",")[1]] {
			some = append(some, line+",0.3")
		}
	}
	part := measure(header+",share", some)
	if part.Sample != .3 {
		t.Errorf("the sample is %v", part.Sample)
	}
	near := func(name string, got, want, within float64) {
		t.Helper()
		if math.Abs(got-want) > within {
			t.Errorf("%s: %.4f, want %.4f give or take %.4f", name, got, want, within)
		}
	}
	near("precision", part.Pairwise.Precision, whole.Pairwise.Precision, .02)
	near("recall", part.Pairwise.Recall, whole.Pairwise.Recall, .02)
	near("F1", part.Pairwise.F1, whole.Pairwise.F1, .02)
	near("wrong pairs per million", part.WrongPairsPerMillion, whole.WrongPairsPerMillion, .15*whole.WrongPairsPerMillion)
	near("wrong merges per million", part.WrongMergesPerMillion, whole.WrongMergesPerMillion, .15*whole.WrongMergesPerMillion)
	wrong := func(r *Result) float64 { return 1 - r.Sweep[0].Precision }
	near("wrong links", wrong(part), wrong(whole), .02)
	if wrong(whole) == 0 {
		t.Error("no link of the test is wrong")
	}
}

func TestSampleMustBeOne(t *testing.T) {
	for _, text := range []string{
		"form_id,person_id,share\na,A,0.1\nb,B,0.2\n", "form_id,person_id,share\na,A,0\n", "form_id,person_id,share\na,A,2\n",
		"form_id,person_id,share\na,A,x\n", "form_id,person_id,share\na,A,\nb,B,0.1\n", "form_id,person_id,share\na,A,0.1\nb,B,\n",
	} {
		if _, err := ReadTruth(truthFile(t, "truth.csv", text)); err == nil || !strings.Contains(err.Error(), "share") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
