// Command text sets normalize beside what a user would otherwise take for
// Vietnamese text, on the committed cases of normalize/testdata, in one run:
//
//	python3 -m venv /tmp/peer && /tmp/peer/bin/pip install viet-text-tools==0.1.6
//	go run ./benchmarks/text -python /tmp/peer/bin/python
//
// The peers are the recipe that every answer gives for Go, golang.org/x/text
// with transform.Chain(norm.NFD, runes.Remove(Mn), norm.NFC), its NFC, and its
// Windows-1258; and viet-text-tools of PyPI. Each task is given to each tool that
// claims it; the others have a dash. Results are compared byte for byte.
//
// The cases were written for normalize, so they say what a tool does not do
// rather than how good it is at what it does: read the rows by kind of case.
// Times are processor time of one thread, the mean over all inputs of the task,
// the least of eight rounds; those of Python include its call.
package main
