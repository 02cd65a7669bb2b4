package pipeline_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/lookup"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// living is a live run on a store, until the test ends or stop is called.
func (b *broker) living(store string, cfg pipeline.Config, change ...func(*pipeline.LiveJob)) (stop func()) {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	job := b.job(store)
	for _, c := range change {
		c(&job)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := pipeline.New(cfg).Live(ctx, job, pipeline.Quiet{})
		ended <- err
	}()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			b.t.Errorf("live ended: %v", err)
		}
	}
	b.t.Cleanup(stop)
	return stop
}

// visible waits until a running live knows a form, and returns how long it took.
func visible(t testing.TB, store, id string, within time.Duration) (*lookup.Fresh, time.Duration) {
	t.Helper()
	for start := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		f, err := lookup.Ask(context.Background(), store, id)
		took := time.Since(start)
		if err == nil {
			return f, took
		}
		if !errors.Is(err, lookup.ErrNobody) && !errors.Is(err, lookup.ErrNotFound) {
			t.Fatal(err)
		}
		if took > within {
			t.Fatalf("%s cannot be seen after %v: %v", id, took, err)
		}
	}
}

// A form can be seen within five seconds of being produced, before any snapshot
// holds it, and a running live says of everybody what the next snapshot will.
func TestLiveAnswers(t *testing.T) {
	lines := jsonForms(t, 300, 44)
	dir := t.TempDir()
	store := filepath.Join(dir, "store")
	b := newBroker(t, 2)
	rng := rand.New(rand.NewPCG(5, 5))
	b.produce(rng, lines[:100])
	b.drain(store, liveConfig(t, 2, 50))
	published, _ := contentOf(t, store)
	stop := b.living(store, liveConfig(t, 2, 50))
	visible(t, store, published[0].id, time.Minute) // it is ready
	const new = "NEW-1"
	b.produce(rng, append(lines[100:], `{"form_id":"`+new+`","full_name":"Hoàng Thị Mười","birth_date":"1991-02-03","collected_at":"2026-01-02"}`))
	f, took := visible(t, store, new, 5*time.Second)
	t.Logf("a form was visible after %v", took)
	if f.Citizen.Forms != 1 || f.Forms[0].ID != new || f.Snapshot != "000001" || f.Unpublished == 0 {
		t.Errorf("%+v", f)
	}
	// Everything has come once as many messages wait as were sent.
	for f.Unpublished < 201 {
		f, _ = visible(t, store, new, 5*time.Second)
	}
	want := map[string]*lookup.Fresh{}
	all := clean(t, filepath.Join(dir, "batch"), 2, 100, write(t, filepath.Join(dir, "all.jsonl"), "", withEnds(append(lines,
		`{"form_id":"`+new+`","full_name":"Hoàng Thị Mười","birth_date":"1991-02-03","collected_at":"2026-01-02"}`))))
	forms, _ := contentOf(t, all)
	for _, p := range forms {
		f, err := lookup.Ask(context.Background(), store, p.id)
		if err != nil {
			t.Fatalf("%s: %v", p.id, err)
		}
		byPerson, err := lookup.Ask(context.Background(), store, p.person)
		if err != nil || byPerson.Citizen.Person != p.person || f.Citizen.Person != p.person {
			t.Errorf("%s is of %s: live says %s, and of the person %v %v", p.id, p.person, f.Citizen.Person, byPerson, err)
		}
		want[p.person] = f
	}
	stop()
	if _, err := lookup.Ask(context.Background(), store, new); !errors.Is(err, lookup.ErrNobody) {
		t.Errorf("after live has ended: %v", err)
	}
	sameAsTable(t, all, want)
}

// sameAsTable compares what live said with the tables of a batch.
func sameAsTable(t *testing.T, store string, said map[string]*lookup.Fresh) {
	t.Helper()
	s, err := snapshot.Open(store, "")
	if err != nil {
		t.Fatal(err)
	}
	in, ctx := lookup.New(s), context.Background()
	for person, f := range said {
		forms, err := in.Person(ctx, person)
		if err != nil {
			t.Fatal(err)
		}
		c, err := in.Citizen(ctx, person, forms)
		if err != nil {
			t.Fatal(err)
		}
		// What only all forms together tell (a number that strangers share) live
		// does not know between two publications.
		c.Flags, f.Citizen.Flags = f.Citizen.Flags, c.Flags
		f.Citizen.Flags = c.Flags
		if got, want := fmt.Sprint(*f.Citizen), fmt.Sprint(*c); got != want {
			t.Errorf("live says\n%s\nthe batch\n%s", got, want)
		}
		links, err := in.Links(ctx, forms...)
		if err != nil {
			t.Fatal(err)
		}
		if len(links) != len(f.Links) {
			t.Errorf("%s: live knows %d links, the batch %d", person, len(f.Links), len(links))
		}
		for i := range forms {
			if fmt.Sprint(forms[i].Values, forms[i].Person) != fmt.Sprint(f.Forms[i].Values, f.Forms[i].Person) {
				t.Errorf("form %s differs", forms[i].ID)
			}
		}
	}
}

// The socket is its owner's alone, answers each question by one line, bears
// clients who send nothing, too much or nonsense, and one that a dead process
// left is no hindrance.
func TestLiveSocket(t *testing.T) {
	store := filepath.Join(t.TempDir(), strings.Repeat("a-long-name/", 12), "store") // longer than a socket's path may be
	b := newBroker(t, 1)
	b.produce(rand.New(rand.NewPCG(1, 1)), []string{`{"form_id":"F1","full_name":"Hoàng Thị Mười","birth_date":"1991-02-03"}`})
	name := filepath.Join(store, "state", "ask", "live.sock")
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte("left behind"), 0o644)); err != nil {
		t.Fatal(err)
	}
	stop := b.living(store, liveConfig(t, 1, 10))
	visible(t, store, "F1", time.Minute)
	for path, want := range map[string]fs.FileMode{name: 0o600, filepath.Dir(name): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v", path, info.Mode().Perm(), err)
		}
	}
	t.Chdir(filepath.Dir(name))
	var silent []net.Conn
	dial := func() net.Conn {
		c, err := net.Dial("unix", "live.sock")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	for range 2 {
		silent = append(silent, dial())
	}
	for _, bad := range []string{"no question\n", "{}\n", strings.Repeat("x", 10_000)} {
		c := dial()
		_, _ = c.Write([]byte(bad))
		line, _ := bufio.NewReader(c).ReadString('\n')
		if line != "" && !strings.Contains(line, `"error":"question"`) {
			t.Errorf("%.20q: %s", bad, line)
		}
		_ = c.Close()
	}
	c := dial()
	answers := bufio.NewReader(c)
	for question, want := range map[string]string{
		`{"v":2,"citizen":"F1"}`:     `"error":"version"`,
		`{"v":1,"citizen":"F-none"}`: `"error":"not_found"`,
		`{"v":1,"citizen":"F1"}`:     `"Person":"`,
	} {
		_, _ = c.Write([]byte(question + "\n"))
		line, err := answers.ReadString('\n')
		if err != nil || !strings.Contains(line, want) || !json.Valid([]byte(line)) {
			t.Errorf("%s: %.200s, %v", question, line, err)
		}
	}
	_ = silent
	stop()
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left behind: %v", err)
	}
}
