package pipeline

import (
	"fmt"
	"os"
)

// processFiles returns the bytes that the process read and wrote so far, through
// system calls; zeroes where the system does not tell, as Linux does.
func processFiles() (read, written int64) {
	text, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return 0, 0
	}
	if n, err := fmt.Sscanf(string(text), "rchar: %d\nwchar: %d\n", &read, &written); n < 2 || err != nil {
		return 0, 0
	}
	return read, written
}
