package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// A trial is one run of the proof.
type trial struct {
	options
	ours    bool // the folder is ours to remove
	broker  string
	address string
	rng     *rand.Rand
	lines   *lines

	kills, restarts, lives int
	sent                   atomic.Int64
	took                   [3]time.Duration // batch, producing and dying, the last life
	snapshots              int
	counts                 map[string]int64
}

func newTrial(o options) (*trial, error) {
	t := &trial{options: o, rng: rand.New(rand.NewPCG(o.seed, 1))}
	var err error
	if t.dir == "" {
		t.ours = true
		if t.dir, err = os.MkdirTemp("", "dusach-live-*"); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(t.dir, 0o755); err != nil {
		return nil, err
	}
	if t.dusach == "" {
		t.dusach = filepath.Join(t.dir, "dusach")
		if err := t.call("go", "build", "-o", t.dusach, "github.com/dusach/dusach/cmd/dusach"); err != nil {
			return t, err
		}
	}
	t.broker = filepath.Join(t.dir, "broker")
	return t, t.brokerDo("start")
}

func (t *trial) path(name string) string { return filepath.Join(t.dir, name) }

// call runs a command to its end.
func (t *trial) call(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, tail(out))
	}
	return nil
}

func tail(out []byte) []byte { return out[max(0, len(out)-2000):] }

// brokerDo calls broker.sh, which lies beside this file.
func (t *trial) brokerDo(verb string) error {
	_, here, _, _ := runtime.Caller(0)
	args := []string{filepath.Join(filepath.Dir(here), "broker.sh"), verb, t.broker}
	if t.scram {
		args = append(args, "scram")
	}
	cmd := exec.Command("bash", args...)
	cmd.Stderr = os.Stderr
	out := t.path("address")
	f, err := os.Create(out) // a file: a pipe would stay open as long as the broker lives
	if err != nil {
		return err
	}
	defer f.Close()
	cmd.Stdout = f
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("broker.sh %s: %w", verb, err)
	}
	if verb == "start" {
		data, err := os.ReadFile(out)
		if err != nil {
			return err
		}
		t.address = strings.TrimSpace(string(data))
	}
	return nil
}

func (t *trial) run(ctx context.Context) (string, error) {
	forms := t.path("forms.jsonl")
	log.Printf("generating %d forms and cleaning them as one batch", t.forms)
	err := t.call(t.dusach, "generate", "--forms", fmt.Sprint(t.forms), "--seed", fmt.Sprint(t.seed), "--hard", fmt.Sprint(t.hard),
		"--out", forms, "--truth", t.path("truth.csv"))
	if err != nil {
		return "", err
	}
	start := time.Now()
	if err := t.call(t.dusach, "clean", forms, "--out", t.path("batch")); err != nil {
		return "", err
	}
	t.took[0] = time.Since(start)
	if t.lines, err = readLines(forms); err != nil {
		return "", err
	}
	produced := make(chan error, 1)
	go func() { produced <- t.produce(ctx) }()
	start = time.Now()
	if err := t.killings(ctx, produced); err != nil {
		return "", err
	}
	t.took[1] = time.Since(start)
	log.Printf("all %d messages are produced; live may end in peace", t.sent.Load())
	start = time.Now()
	if err := t.live(ctx, 0, "--stop-at-end"); err != nil {
		return "", err
	}
	t.took[2] = time.Since(start)
	if err := t.compare(); err != nil {
		return "", err
	}
	return t.result(), nil
}

// killings lets live live and die until everything is produced and it has died
// often enough.
func (t *trial) killings(ctx context.Context, produced <-chan error) error {
	done := false
	for ctx.Err() == nil {
		select {
		case err := <-produced:
			if err != nil {
				return err
			}
			done = true
		default:
		}
		if done && t.kills >= t.options.kills && t.restarts >= t.options.restarts {
			return nil
		}
		life := t.lifeMin + time.Duration(t.rng.Int64N(int64(t.lifeMax-t.lifeMin)))
		if err := t.live(ctx, life); err != nil {
			return err
		}
		if t.restarts < t.options.restarts && t.kills*(t.options.restarts+1) >= (t.restarts+1)*t.options.kills {
			verb := []string{"stop", "kill"}[t.restarts%2]
			t.restarts++
			log.Printf("restart %d of the broker (%s) after %d kills, %d messages sent", t.restarts, verb, t.kills, t.sent.Load())
			if err := t.brokerDo(verb); err != nil {
				return err
			}
			if c, err := net.Dial("tcp", t.address); err == nil { // a fault that does not happen proves nothing
				return errors.Join(errors.New("the broker still answers"), c.Close())
			}
			life := make(chan error, 1) // live meets a broker that is away
			go func() { life <- t.live(ctx, t.lifeMax) }()
			if err := errors.Join(t.brokerDo("start"), <-life); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// live runs dusach live and kills it after a while; 0 lets it end by itself.
func (t *trial) live(ctx context.Context, life time.Duration, more ...string) error {
	args := append([]string{"live", "--brokers", t.address, "--topic", topic, "--out", t.path("live"),
		"--every-forms", fmt.Sprint(t.everyForms)}, more...)
	cmd := exec.CommandContext(ctx, t.dusach, args...)
	if t.scram {
		cmd.Args = append(cmd.Args, "--tls-ca", filepath.Join(t.broker, "ca.pem"), "--sasl-user", "dusach")
		cmd.Env = append(os.Environ(), "DUSACH_SASL_PASSWORD=invented-pw")
	}
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return err
	}
	t.lives++
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var late <-chan time.Time
	if life > 0 {
		late = time.After(life)
	}
	select {
	case err := <-ended:
		if err != nil || life > 0 {
			return fmt.Errorf("live ended by itself: %w\n%s", err, tail([]byte(out.String())))
		}
		return nil
	case <-late:
	}
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		return err
	}
	if err := <-ended; err == nil {
		return nil // it came to its end before the signal did
	}
	t.kills++
	return nil
}

func (t *trial) close(well bool) {
	if t.broker != "" {
		if err := t.brokerDo("stop"); err != nil {
			log.Print(err)
		}
	}
	if well && t.ours {
		if err := os.RemoveAll(t.dir); err != nil {
			log.Print(err)
		}
	} else {
		log.Printf("everything is kept in %s", t.dir)
	}
}
