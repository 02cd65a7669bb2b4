//go:build ignore

// Command gen writes docs/reason-codes.md.
package main

import (
	"log"
	"os"

	"github.com/dusach/dusach/normalize/reason"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run gen/main.go FILE")
	}
	if err := os.WriteFile(os.Args[1], reason.AppendMarkdown(nil), 0o644); err != nil {
		log.Fatalf("gen: %v", err)
	}
}
