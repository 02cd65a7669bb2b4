package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A clean that is told to stop while it waits for more forms stops: it leaves
// the store as it was, says so, and lets the next clean have it.
func TestInterruptLeavesTheStoreAsItWas(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	store := filepath.Join(t.TempDir(), "store")
	command := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		var stderr bytes.Buffer
		cmd := exec.Command(exe, args...)
		cmd.Args[0], cmd.Stderr = "dusach", &stderr // by this name TestMain runs the command
		return cmd, &stderr
	}
	const form = "form_id,full_name,birth_date\nF1,Nguyễn Văn Đức,1990-05-01\n"
	cmd, stderr := command("clean", "-", "--out", store)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	if _, err := in.Write([]byte(form)); err != nil { // and never an end of file
		t.Fatal(err)
	}
	lease := filepath.Join(store, "state", "lease")
	for range 600 {
		if info, err := os.Stat(lease); err == nil && info.Size() > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(stderr.String(), "chưa công bố gì") {
		t.Errorf("the interrupted clean ended with %v, code %d and said:\n%s", err, code, stderr)
	}
	if _, err := os.Stat(filepath.Join(store, "CURRENT")); !os.IsNotExist(err) {
		t.Errorf("something was published: %v", err)
	}
	cmd, stderr = command("clean", "-", "--out", store)
	cmd.Stdin = strings.NewReader(form)
	if err := cmd.Run(); err != nil {
		t.Errorf("the next clean: %v\n%s", err, stderr)
	}
}
