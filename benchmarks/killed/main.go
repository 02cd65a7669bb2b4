//go:build unix

// Command killed proves that a clean that is killed goes on and comes to the same end:
//
//	go run ./benchmarks/killed -dir /data/killed -forms 10000000 -kills 20
//
// It generates forms (difficulty 2, Parquet), cleans them once without a disturbance,
// and again into another store, where the process gets a SIGKILL at a random moment
// and the same command is given again, as often as there are kills left. Then it
// compares every file of the two snapshots, byte for byte, and verifies the second
// store. Where a run comes to its end before all kills are spent, it is compared, and
// the next one begins. Input and first store in -dir are made once.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type trial struct {
	dir, dusach, memory string
	forms, every        int64
	kills               int
	seed                uint64

	input, tmp string
	calm       time.Duration // what the run takes without a disturbance
	want       map[string]string
	luck       *rand.Rand
}

func main() {
	log.SetFlags(log.Ltime)
	var t trial
	flag.StringVar(&t.dir, "dir", "", "folder for input, stores and scratch (required)")
	flag.StringVar(&t.dusach, "dusach", "", "the dusach to try (default: built from this checkout)")
	flag.StringVar(&t.memory, "memory", "", "passed on to clean, as 2GiB")
	flag.Int64Var(&t.forms, "forms", 200_000, "forms to clean")
	flag.Int64Var(&t.every, "checkpoint-forms", 0, "passed on to clean; 0: a twentieth of the forms")
	flag.IntVar(&t.kills, "kills", 20, "how many SIGKILLs")
	flag.Uint64Var(&t.seed, "seed", 1606, "of the corpus and of the moments")
	flag.Parse()
	if t.dir == "" {
		log.Fatal("-dir is missing: name a folder with room for 800 bytes a form")
	}
	if t.every == 0 {
		t.every = max(t.forms/20, 1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := t.run(ctx); err != nil {
		log.Fatal(err)
	}
}

func (t *trial) run(ctx context.Context) error {
	if err := t.prepare(ctx); err != nil {
		return err
	}
	store := filepath.Join(t.dir, "killed")
	for left := t.kills; left > 0; {
		if err := os.RemoveAll(store); err != nil {
			return err
		}
		for done := false; !done; {
			var err error
			var said string
			after := time.Duration(0)
			if left > 0 {
				after = time.Duration(t.luck.Float64() * float64(t.calm) * .4)
			}
			done, said, err = t.clean(ctx, store, after)
			if err != nil {
				return err
			}
			if !done {
				left--
				fmt.Printf("kill %2d of %d after %6.2f s; %s\n", t.kills-left, t.kills, after.Seconds(), said)
			} else {
				fmt.Printf("end; %s\n", said)
			}
		}
		have, err := hashes(store)
		if err != nil {
			return err
		}
		if err := t.compare(have); err != nil {
			return err
		}
		fmt.Printf("%d files of the snapshot are byte-identical to those of the run that nobody disturbed\n", len(have))
	}
	if out, err := exec.CommandContext(ctx, t.dusach, "verify", store, "--lang", "en").CombinedOutput(); err != nil {
		return fmt.Errorf("verify: %w\n%s", err, out)
	}
	left, err := filepath.Glob(filepath.Join(t.tmp, "*"))
	if err == nil && len(left) > 0 {
		err = fmt.Errorf("%v is left in scratch", left)
	}
	if err == nil {
		fmt.Println("the store verifies; nothing is left in scratch")
	}
	return err
}

// prepare makes what is compared with.
func (t *trial) prepare(ctx context.Context) error {
	t.luck = rand.New(rand.NewPCG(t.seed, 20))
	t.tmp = filepath.Join(t.dir, "tmp")
	if err := os.MkdirAll(t.tmp, 0o755); err != nil {
		return err
	}
	if t.dusach == "" {
		t.dusach = filepath.Join(t.dir, "dusach")
		build := exec.CommandContext(ctx, "go", "build", "-o", t.dusach, "./cmd/dusach")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("building dusach: %w\n%s", err, out)
		}
	}
	t.input = filepath.Join(t.dir, fmt.Sprintf("forms-%d.parquet", t.forms))
	if _, err := os.Stat(t.input); err != nil {
		out, err := exec.CommandContext(ctx, t.dusach, "generate", "--forms", fmt.Sprint(t.forms), "--seed", fmt.Sprint(t.seed), "--hard", "2",
			"--out", t.input, "--truth", filepath.Join(t.dir, "truth.csv")).CombinedOutput()
		if err != nil {
			return fmt.Errorf("generate: %w\n%s", err, out)
		}
	}
	whole := filepath.Join(t.dir, "whole")
	if err := os.RemoveAll(whole); err != nil {
		return err
	}
	start := time.Now()
	done, said, err := t.clean(ctx, whole, 0)
	if err != nil || !done {
		return fmt.Errorf("the run without a disturbance: %w %s", err, said)
	}
	t.calm = time.Since(start)
	fmt.Printf("%d forms in %.1f s without a disturbance, a checkpoint each %d forms\n", t.forms, t.calm.Seconds(), t.every)
	t.want, err = hashes(whole)
	return err
}

// clean gives the command, kills it after a time (0: never), and returns whether it
// came to its end and from where it went on.
func (t *trial) clean(ctx context.Context, store string, after time.Duration) (done bool, said string, err error) {
	args := []string{"clean", t.input, "--out", store, "--tmp", t.tmp, "--lang", "en", "--checkpoint-forms", fmt.Sprint(t.every)}
	if t.memory != "" {
		args = append(args, "--memory", t.memory)
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, t.dusach, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return false, "", err
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	err = cmd.Wait()
	said = "begun anew"
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "resumed") || strings.Contains(line, "anew") {
			said = strings.TrimSpace(line)
		}
	}
	if err == nil {
		return true, said, nil
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL && after > 0 {
		return false, said, ctx.Err()
	}
	return false, said, fmt.Errorf("clean: %w\n%s", err, &out)
}

// hashes returns the SHA-256 of every file of the snapshots of a store.
func hashes(store string) (map[string]string, error) {
	all := map[string]string{}
	root := filepath.Join(store, "snapshots")
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		h := sha256.New()
		if _, err := io.Copy(h, f); err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		all[rel] = hex.EncodeToString(h.Sum(nil))
		return err
	})
	return all, err
}

func (t *trial) compare(have map[string]string) error {
	var wrong []error
	for name, hash := range t.want {
		if have[name] != hash {
			wrong = append(wrong, fmt.Errorf("%s differs or is missing", name))
		}
	}
	for name := range have {
		if _, ok := t.want[name]; !ok {
			wrong = append(wrong, fmt.Errorf("%s is too much", name))
		}
	}
	return errors.Join(wrong...)
}
