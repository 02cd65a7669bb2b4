package main

import (
	"encoding/json"
	"errors"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

func exitText(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return strconv.Itoa(exit.ExitCode())
	}
	return err.Error()
}

// readID sets variables from JSON lines in a file, as "id FILE WHERE VAR=NAME …":
// from the first line that holds the text WHERE.
func readID(ts *testscript.TestScript, neg bool, args []string) {
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if !strings.Contains(line, args[1]) {
			continue
		}
		var object map[string]any
		ts.Check(json.Unmarshal([]byte(line), &object))
		for _, pair := range args[2:] {
			name, member, _ := strings.Cut(pair, "=")
			text, ok := object[member].(string)
			if !ok {
				ts.Fatalf("the line has no text %q", member)
			}
			ts.Setenv(name, text)
		}
		return
	}
	ts.Fatalf("no line of %s holds %q", args[0], args[1])
}
