package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/say"
)

// --memory is a ceiling, so what a run holds is reckoned before it holds it: what
// each form takes while pairs are judged, which is the most that it ever takes, and
// what the process has besides. What is left goes to the keys of rules.
const (
	// processBytes is what a run has whatever the number of forms: code, tables,
	// batches on their way. 100,000 forms took 235 MB in all.
	processBytes = 200 << 20
	// repeatBytes say of a form whether it is a repeat; linkBytes are its share of
	// the links, of which there is about one to ten forms.
	repeatBytes = 1
	linkBytes   = 8
	// sliceBytes is the least that sorting keys takes of each form, a slice at a
	// time; keyBytes a key of each form under the rule at hand.
	sliceBytes = 4
	keyBytes   = 8
	// freeRoom is what keys may take without a ceiling.
	freeRoom = 256 << 20
)

// heldBytes is what a run holds for each form while pairs are judged, but for its
// share of the names.
func (p *Pipeline) heldBytes() int64 {
	return int64(p.cfg.Packing.Width+block.FingerprintBytes(p.cfg.Rules)) + repeatBytes + linkBytes + keyBytes + sliceBytes
}

// leastMemory is the least ceiling under which n forms are cleaned whose names and
// values take some bytes. The sixteenth more is what the collector needs.
func (p *Pipeline) leastMemory(n, words int64) int64 {
	least := processBytes + n*p.heldBytes() + words
	return least + least/16
}

// fits is an error where n forms need more memory than the user gives.
func (p *Pipeline) fits(n, words int64) error {
	least := p.leastMemory(n, words)
	if p.cfg.Memory == 0 || least <= p.cfg.Memory {
		return nil
	}
	return &lackOfMemory{say.Errorf("--memory %s không đủ cho %d phiếu: hãy cho ít nhất %s, hoặc chia nhỏ đầu vào",
		"--memory %s is too little for %d forms: give at least %s, or split the input", mebibytes(p.cfg.Memory), n, mebibytes(least))}
}

// lackOfMemory is an error that more of the machine mends.
type lackOfMemory struct{ error }

// In says it in a language.
func (e *lackOfMemory) In(lang string) string { return say.Text(e.error, lang) }

func mebibytes(n int64) string { return fmt.Sprintf("%dMiB", (n+1<<20-1)>>20) }

// fitsInputs refuses a run that the inputs themselves say is too large, before it
// begins: Parquet files tell how many rows they have, of other files nobody knows.
func (p *Pipeline) fitsInputs(r *run) error {
	if p.cfg.Memory == 0 {
		return nil
	}
	var n int64
	for _, path := range r.reader.Paths() {
		if strings.EqualFold(filepath.Ext(path), ".parquet") {
			n += rowsOf(path)
		}
	}
	if r.before != nil {
		n += r.before.snapshot.Manifest.Counts.Forms
	}
	return p.fits(n, 0)
}

// rowsOf returns the rows of a Parquet file, 0 where it cannot be read: reading it
// will say why.
func rowsOf(path string) int64 {
	f, err := os.Open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	n, err := decode.ParquetRows(f)
	if err != nil {
		return 0
	}
	return n
}

// words is what the names and values of a run take.
func (c *cellar) words() int64 {
	n := c.known.Names.Bytes()
	if c.known.Values != nil {
		n += c.known.Values.Bytes()
	}
	return n
}

// keyRoom is what the keys of rules may take.
func (p *Pipeline) keyRoom(r *run) int64 {
	n := int64(r.cellar.known.Len())
	least := n * (keyBytes + sliceBytes)
	if p.cfg.Memory == 0 {
		return max(freeRoom, least)
	}
	return max(least, (p.cfg.Memory-p.leastMemory(n, r.cellar.words()))/2+least)
}

// batchSize is how many rows a chunk has: fewer than the user wants where batches on
// their way would take more than a sixteenth of the memory.
func (p *Pipeline) batchSize() int {
	if p.cfg.Memory == 0 {
		return p.cfg.BatchSize
	}
	most := p.cfg.Memory / 16 / int64(bitesAWorker*p.cfg.Workers+1) / biteBytes
	return int(min(int64(p.cfg.BatchSize), max(most, leastBatch)))
}

// leastBatch is how many rows a chunk has at least; smaller ones cost more than they
// spare.
const leastBatch = 256
