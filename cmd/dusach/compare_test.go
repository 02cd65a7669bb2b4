package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"testing"

	"github.com/dusach/dusach/pipeline"
)

// The model that comes with dusach never says the opposite of what people say
// of a pair: not non-match of one person, and not match of two, nor of a pair
// that nobody can decide.
func TestNeverTheOppositeVerdict(t *testing.T) {
	cfg, err := pipeline.DefaultConfig(nil)
	if err != nil {
		t.Fatal(err)
	}
	never := map[string]string{"same": "non-match", "different": "match", "review": "match"}
	for _, pair := range readPairs(t) {
		objects := [][]byte{pair.object(t, "_a"), pair.object(t, "_b")}
		there := judged(t, &cfg, objects)
		if there.Verdict == never[pair["label"]] {
			t.Errorf("%s (%s): %s, %.1f bits", pair["note"], pair["label"], there.Verdict, there.Weight)
		}
		objects[0], objects[1] = objects[1], objects[0]
		if back := judged(t, &cfg, objects); back.Weight != there.Weight {
			t.Errorf("%s: %v bits, but %v with the records swapped", pair["note"], there.Weight, back.Weight)
		}
	}
}

func judged(t *testing.T, cfg *pipeline.Config, objects [][]byte) *judgement {
	t.Helper()
	forms, err := readForms(t.Context(), cfg, objects)
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge(t.Context(), cfg, forms, "en")
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, row := range j.Evidence {
		sum += row.Bits
	}
	if d := sum - j.Weight; d > 1e-9 || d < -1e-9 {
		t.Errorf("the evidence sums to %v bits, the weight is %v", sum, j.Weight)
	}
	return j
}

// A labelledPair is a row of testdata/pairs.csv by the names of its columns.
type labelledPair map[string]string

func (p labelledPair) object(t *testing.T, side string) []byte {
	t.Helper()
	object := map[string]string{"id_number": p["id"+side], "full_name": p["name"+side], "birth_date": p["dob"+side],
		"gender": p["gender"+side], "permanent_address": p["address"+side]}
	text, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readPairs(t *testing.T) []labelledPair {
	t.Helper()
	text, err := os.ReadFile("testdata/pairs.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var pairs []labelledPair
	for _, row := range rows[1:] {
		p := labelledPair{}
		for i, name := range rows[0] {
			p[name] = row[i]
		}
		pairs = append(pairs, p)
	}
	return pairs
}
