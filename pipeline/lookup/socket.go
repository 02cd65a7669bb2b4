package lookup

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/dusach/dusach/pipeline/record"
)

// A running `dusach live` answers questions about forms that no snapshot holds
// yet through a socket in the store's state: one question a line, one answer a
// line, both JSON. Nobody but the user who runs it gets through the folder.

// protocol is the version of questions and answers.
const protocol = 1

// A Question asks for the citizen who has a form, or has, or was going to have, a
// person_id.
type Question struct {
	Version int    `json:"v"`
	Citizen string `json:"citizen"`
}

// A Fresh is what a running live knows of a citizen.
type Fresh struct {
	Version     int      `json:"v"`
	Error       string   `json:"error,omitempty"` // "not_found", "version", "busy"
	Snapshot    string   `json:"snapshot"`        // the last one published, "" before the first
	Unpublished int64    `json:"unpublished"`     // messages that it does not hold yet
	Citizen     *Citizen `json:"citizen,omitempty"`
	Forms       []Form   `json:"forms,omitempty"` // ordered by their ids
	Links       []Link   `json:"links,omitempty"` // with an end among the forms
}

// The bounds of what goes through the socket.
const (
	questionMost  = 4 << 10
	answerMost    = 64 << 20
	askersAtOnce  = 4
	patience      = 10 * time.Second // with a client, and of one
	dialPatience  = 2 * time.Second
	pathMost      = 100 // of a socket, in bytes: some systems take 104
	socketFolder  = "ask"
	socketName    = "live.sock"
	errorNotFound = "not_found"
	errorVersion  = "version"
	errorQuestion = "question"
)

// ErrNobody is returned where no live runs on the store.
var ErrNobody = errors.New("no live runs on the store")

func socketDir(store string) string { return filepath.Join(store, "state", socketFolder) }

// address returns a name of the socket that is short enough, and what to close
// when it is no longer used.
func address(dir string) (string, io.Closer, error) {
	name := filepath.Join(dir, socketName)
	if len(name) <= pathMost {
		return name, io.NopCloser(nil), nil
	}
	if runtime.GOOS != "linux" {
		return "", nil, fmt.Errorf("the path of the store is too long for a socket")
	}
	d, err := os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), socketName), d, nil
}

// Ask asks the live that runs on a store. It is ErrNobody where none does, and
// ErrNotFound where it knows no such form and citizen.
func Ask(ctx context.Context, store, id string) (*Fresh, error) {
	name, done, err := address(socketDir(store))
	if err != nil {
		return nil, ErrNobody
	}
	defer done.Close()
	d := net.Dialer{Timeout: dialPatience}
	conn, err := d.DialContext(ctx, "unix", name)
	if err != nil {
		return nil, ErrNobody
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(patience))
	if err := json.NewEncoder(conn).Encode(Question{protocol, id}); err != nil {
		return nil, fmt.Errorf("asking the running live: %w", err)
	}
	f := &Fresh{}
	if err := json.NewDecoder(io.LimitReader(conn, answerMost)).Decode(f); err != nil {
		return nil, fmt.Errorf("asking the running live: %w", err)
	}
	switch {
	case f.Error == errorNotFound:
		return nil, fmt.Errorf("the running live has no form and no citizen %s: %w", id, ErrNotFound)
	case f.Error != "" || f.Version != protocol:
		return nil, fmt.Errorf("the running live is of another version of dusach (it says %q)", f.Error)
	}
	return f, nil
}

// Serve answers questions about a store until ctx ends or the returned function
// is called. The caller has the lease of the store. answer is called by one
// goroutine at a time.
func Serve(ctx context.Context, store string, answer func(ctx context.Context, id string) (*Fresh, error)) (stop func(), err error) {
	dir := socketDir(store)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it may have been there
		return nil, err
	}
	name, done, err := address(dir)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(filepath.Join(dir, socketName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(err, done.Close())
	}
	l, err := net.Listen("unix", name)
	if err != nil {
		return nil, errors.Join(err, done.Close())
	}
	if err := os.Chmod(filepath.Join(dir, socketName), 0o600); err != nil {
		return nil, errors.Join(err, l.Close(), done.Close())
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &server{answer: answer, places: make(chan struct{}, askersAtOnce)}
	s.askers.Go(func() { s.accept(ctx, l) })
	context.AfterFunc(ctx, func() { _ = l.Close() })
	return func() {
		cancel()
		_ = l.Close()
		s.askers.Wait()
		_ = done.Close()
		_ = os.Remove(filepath.Join(dir, socketName))
	}, nil
}

type server struct {
	answer func(ctx context.Context, id string) (*Fresh, error)
	one    sync.Mutex
	places chan struct{}
	askers sync.WaitGroup
}

func (s *server) accept(ctx context.Context, l net.Listener) {
	for {
		select {
		case s.places <- struct{}{}: // others wait to be accepted
		case <-ctx.Done():
			return
		}
		conn, err := l.Accept()
		if err != nil {
			if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
				return
			}
			<-s.places
			time.Sleep(100 * time.Millisecond)
			continue
		}
		s.askers.Go(func() {
			defer func() { <-s.places }()
			defer func() { _ = conn.Close() }()
			unhook := context.AfterFunc(ctx, func() { _ = conn.Close() })
			defer unhook()
			s.serve(ctx, conn)
		})
	}
}

// serve answers the questions of one client, one after the other.
func (s *server) serve(ctx context.Context, conn net.Conn) {
	out := json.NewEncoder(conn)
	for {
		_ = conn.SetDeadline(time.Now().Add(patience))
		lines := bufio.NewScanner(conn)
		lines.Buffer(make([]byte, 512), questionMost)
		if !lines.Scan() {
			return
		}
		var q Question
		f := &Fresh{Version: protocol, Error: errorQuestion}
		if json.Unmarshal(lines.Bytes(), &q) == nil && q.Citizen != "" {
			f = s.reply(ctx, &q)
		}
		_ = conn.SetDeadline(time.Now().Add(patience))
		if out.Encode(f) != nil || f.Error == errorQuestion {
			return
		}
	}
}

func (s *server) reply(ctx context.Context, q *Question) *Fresh {
	if q.Version != protocol {
		return &Fresh{Version: protocol, Error: errorVersion}
	}
	s.one.Lock()
	defer s.one.Unlock()
	f, err := s.answer(ctx, q.Citizen)
	if errors.Is(err, ErrNotFound) {
		return &Fresh{Version: protocol, Error: errorNotFound}
	}
	if err != nil {
		return &Fresh{Version: protocol, Error: "failed"}
	}
	f.Version = protocol
	return f
}

// FormOf returns row i.
func FormOf(rows *record.FormRows, i int) Form { return formOf(rows, i) }

// CitizenOf returns row i.
func CitizenOf(rows *record.CitizenRows, i int) *Citizen { return citizenOf(rows, i) }

// LinkOf returns row i; rules are the names of the blocking rules.
func LinkOf(rows *record.LinkRows, i int, rules []string) Link {
	return Link{A: string(rows.FormA.At(i)), B: string(rows.FormB.At(i)), Rule: rules[rows.Rule[i]],
		Levels: string(rows.Levels.At(i)), Weight: rows.Weight[i], Probability: rows.Probability[i], Verdict: rows.Verdict[i]}
}
