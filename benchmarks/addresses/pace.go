package main

import (
	"fmt"

	"github.com/dusach/dusach/normalize/address"
)

const paced = 200000 // addresses that are read once more for their speed

// printPace reads the texts again, all in one go, and prints what one takes of
// the processor: of no account how busy the machine is with other work.
func printPace(texts [][]byte) {
	var p address.Parser
	var a address.Address
	start := processorTime()
	for _, text := range texts {
		p.Parse(text, &a)
	}
	if spent := processorTime() - start; spent > 0 && len(texts) > 0 {
		fmt.Printf("%d ns of one processor an address (%d of them read again)\n", spent.Nanoseconds()/int64(len(texts)), len(texts))
	}
}
