package pipeline_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/dusach/dusach/"

// A wall is an import that the house does not allow, and why.
type wall struct {
	from, to string // path prefixes within the module, or a library
	but      []string
	why      string
}

var walls = []wall{
	{from: "normalize", to: module + "pipeline", why: "a ministry's web form uses normalize alone"},
	{from: "normalize", to: module + "matchers", why: "what a value means does not depend on what agreement is worth"},
	{from: "matchers", to: module + "pipeline", why: "matchers are used without forms and stages"},
	{from: "fixtures", to: module + "matchers", why: "a generator that knows the comparisons would measure quality in a circle"},
	{from: "fixtures", to: module + "pipeline", why: "a generator that knows the stages would measure quality in a circle"},
	{from: "pipeline/record", to: module + "pipeline", but: []string{module + "pipeline/record"}, why: "record is the floor that the rooms stand on"},
	{from: "", to: "github.com/cockroachdb/pebble", but: []string{"pipeline/state"}, why: "how the state is kept is nobody else's business"},
	{from: "", to: "github.com/segmentio/kafka-go", but: []string{"pipeline/intake"}, why: "Kafka is a door: it belongs to intake"},
	{from: "", to: "github.com/apache/arrow", but: []string{"pipeline/decode", "pipeline/snapshot", "pipeline/state", "benchmarks", "fixtures"}, why: "Arrow is a format at the border"},
	{from: "", to: "github.com/parquet-go", but: []string{"pipeline/decode", "pipeline/snapshot", "pipeline/evaluate", "fixtures", "benchmarks"}, why: "Parquet is a format at the border"},
	{from: "", to: "net/http", but: []string{"pipeline/portal", "cmd", "benchmarks/live"}, why: "HTTP belongs to the portal; the benchmark of live reads its metrics"},
}

// rooms are the stage packages: none imports another, only pipeline knows the
// order.
var rooms = []string{"intake", "decode", "standardize", "block", "compare", "decide", "cluster", "merge", "snapshot", "report", "export", "evaluate"}

// guests are the few arrows between packages beside the rooms that are wanted.
var guests = map[string]string{
	"export->snapshot":   "export reads what a store holds",
	"evaluate->snapshot": "evaluate reads what a store holds",
}

// Imports go one way: normalize and record below matchers, both below the
// rooms, the rooms below pipeline, pipeline below cmd.
func TestImportsGoOneWay(t *testing.T) {
	for _, p := range packages(t) {
		path := strings.TrimPrefix(p.ImportPath, module)
		for _, to := range p.Imports {
			checkWalls(t, path, to)
			checkRooms(t, path, to)
		}
	}
}

func checkWalls(t *testing.T, path, to string) {
	for _, w := range walls {
		if !within(path, w.from) || !strings.HasPrefix(to, w.to) {
			continue
		}
		allowed := false
		for _, but := range w.but {
			allowed = allowed || within(path, but) || to == but
		}
		if !allowed {
			t.Errorf("%s imports %s: %s", path, to, w.why)
		}
	}
}

func checkRooms(t *testing.T, path, to string) {
	from, into := roomOf(path), roomOf(strings.TrimPrefix(to, module))
	if from == "" || into == "" || from == into || guests[from+"->"+into] != "" {
		return
	}
	t.Errorf("the room %s imports the room %s: only pipeline knows the order; what passes between rooms is declared in record", from, into)
}

func roomOf(path string) string {
	for _, r := range rooms {
		if within(path, "pipeline/"+r) {
			return r
		}
	}
	return ""
}

func within(path, folder string) bool {
	return folder == "" || path == folder || strings.HasPrefix(path, folder+"/")
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

// packages asks the go command what imports what.
func packages(t *testing.T) []goPackage {
	var stderr bytes.Buffer
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...")
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var list []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 20 {
		t.Fatalf("only %d packages were found", len(list))
	}
	return list
}
