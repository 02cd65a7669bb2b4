package pipeline

import (
	"time"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/intake"
	"github.com/dusach/dusach/pipeline/record"
)

// A LiveWatcher hears how a live run goes on, from one goroutine. What it is
// told holds no personal data.
type LiveWatcher interface {
	// Ready is called once the memory is back and reading begins.
	Ready(known int)
	// Alive is called at least every few seconds as long as bites are taken in and
	// questions answered, whether or not anything comes.
	Alive()
	// Asked is called with how far every partition has been read whenever the
	// broker said how far it goes: at the start, and from time to time.
	Asked(partitions []PartitionLag)
	// Publishing is called when a snapshot begins to be made.
	Publishing()
	// Took is called when a bite is durable.
	Took(b *LiveBite)
	// Published is called when a snapshot is; after that, messages up to its
	// offsets are in it. So many messages that came since are in none yet.
	Published(s *Summary, unpublished int64)
}

// LiveBite is what one bite brought.
type LiveBite struct {
	Forms, Refusals, Repeats int
	Forgotten                int // erased forms that came again
	Links                    int
	Skipped                  int64                  // offsets that were no messages
	Codes                    [reason.NumCodes]int64 // forms and refusals that bear each code
	Read, Match, Commit      time.Duration          // decode and standardize, find the links, make it durable
	Matches                  []time.Duration        // time to match each new form, until the next bite
	Oldest                   time.Time              // when the oldest message was produced
	Partitions               []PartitionLag
	Publishing               bool  // a snapshot was being made meanwhile
	Known                    int   // forms in memory
	Unpublished              int64 // messages that no snapshot holds yet
}

// PartitionLag is how far a partition has been read.
type PartitionLag struct {
	Partition int
	Next, End int64 // offset to read next, and 1 + the last that the broker has
}

type unwatched struct{}

func (unwatched) Ready(int)                 {}
func (unwatched) Alive()                    {}
func (unwatched) Asked([]PartitionLag)      {}
func (unwatched) Publishing()               {}
func (unwatched) Took(*LiveBite)            {}
func (unwatched) Published(*Summary, int64) {}

// count adds what was made of a chunk.
func (b *LiveBite) count(c *record.Cleaned) {
	b.Forms += c.Records.N
	b.Refusals += c.Refused.Len()
	b.Forgotten += len(c.Forgotten)
	for _, list := range [][]reason.Set{c.Records.Codes, c.Refused.Codes} {
		for _, codes := range list {
			for code := range codes.All() {
				b.Codes[code]++
			}
		}
	}
}

// report tells the watcher of a bite.
func (l *live) report(b *LiveBite, bite []intake.Delivery) {
	for i := range bite {
		d := &bite[i]
		b.Skipped += d.Skipped
		if !d.Oldest.IsZero() && (b.Oldest.IsZero() || d.Oldest.Before(b.Oldest)) {
			b.Oldest = d.Oldest
		}
		b.Partitions = append(b.Partitions, PartitionLag{d.Partition, d.Next, max(d.End, d.Next)})
	}
	b.Known, b.Unpublished = l.known.Len(), l.head.unpublished()
	l.watcher.Took(b)
}
