package pipeline

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// headVersion is the version of the log's layout.
const headVersion = 2

// head is the entry of the log that says what counts of the others. It is
// written with every bite, so the effects of messages and the offsets behind
// them become durable together or not at all.
type head struct {
	Version   int                `json:"version"`
	Epoch     snapshot.Epoch     `json:"epoch"`
	Records   uint32             `json:"records"`
	Names     uint32             `json:"names"`
	Links     uint32             `json:"links"`
	Refusals  uint32             `json:"refusals"`
	Repeats   uint32             `json:"repeats"`
	Forgotten uint32             `json:"forgotten,omitempty"` // messages that brought an erased form again
	Sources   []string           `json:"sources"`
	Offsets   map[string]int64   `json:"offsets"` // next, by "topic/partition"
	Pairs     *record.PairCounts `json:"pairs"`
	// Published is what of it CURRENT holds; Planned, if set, was about to
	// be published: whether it was, CURRENT says.
	Published publication  `json:"published"`
	Planned   *publication `json:"planned,omitempty"`
}

// publication is a snapshot and how far the log had come.
type publication struct {
	Snapshot  string           `json:"snapshot"` // "" before the first
	Records   uint32           `json:"records"`
	Refusals  uint32           `json:"refusals"`
	Repeats   uint32           `json:"repeats"`
	Forgotten uint32           `json:"forgotten,omitempty"`
	Counts    snapshot.Counts  `json:"counts"`
	Reviews   int              `json:"reviews,omitempty"` // decisions of people that it follows
	Offsets   map[string]int64 `json:"offsets"`
}

// messages returns how many messages the log holds in all, the forms that it
// was begun with among them.
func (h *head) messages() int64 {
	return int64(h.Records) + int64(h.Refusals) + int64(h.Repeats) + int64(h.Forgotten)
}

// unpublished returns how many of them no snapshot holds yet.
func (h *head) unpublished() int64 {
	p := &h.Published
	return h.messages() - int64(p.Records) - int64(p.Refusals) - int64(p.Repeats) - int64(p.Forgotten)
}

func offsetKey(topic string, partition int) string { return fmt.Sprintf("%s/%d", topic, partition) }

func splitOffsetKey(key string) (topic string, partition int) {
	topic, number, _ := strings.Cut(key, "/") // the name of a topic has no slash
	partition, err := strconv.Atoi(number)
	if err != nil {
		panic("BUG: offset of " + key)
	}
	return topic, partition
}

// sortedTopics orders inputs by topic and partition.
func sortedTopics(list []snapshot.Input) []snapshot.Input {
	slices.SortFunc(list, func(a, b snapshot.Input) int {
		return cmp.Or(cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Partition, b.Partition))
	})
	return list
}

// next returns the offset at which reading of a partition goes on, and whether
// it was ever read.
func (l *live) next(partition int) (int64, bool) {
	n, ok := l.head.Offsets[offsetKey(l.topic.Name(), partition)]
	return n, ok
}

func (l *live) setNext(partition int, next int64) {
	l.head.Offsets[offsetKey(l.topic.Name(), partition)] = next
}

// plan is the publication of all that the log holds.
func (h *head) plan(number string, counts snapshot.Counts, reviews int) publication {
	return publication{Snapshot: number, Records: h.Records, Refusals: h.Refusals, Repeats: h.Repeats, Forgotten: h.Forgotten,
		Counts: counts, Reviews: reviews, Offsets: maps.Clone(h.Offsets)}
}

// decisionsOf returns how many decisions of people a snapshot follows.
func decisionsOf(m *snapshot.Manifest) int {
	if m.Reviews == nil {
		return 0
	}
	return m.Reviews.Decisions
}

// is reports whether a published snapshot is the one that was planned. Counts
// and offsets tell it from one that another command published under the same
// number after a crash.
func (p *publication) is(m *snapshot.Manifest) bool {
	c := m.Counts
	return p.Snapshot == m.Snapshot && p.Counts.FormsIn == c.FormsIn && p.Counts.Forms == c.Forms &&
		p.Counts.Quarantine == c.Quarantine && p.Counts.Repeats == c.Repeats && p.Reviews == decisionsOf(m) && maps.Equal(p.Offsets, offsetsOf(m))
}

// offsetsOf returns where reading goes on behind a snapshot.
func offsetsOf(m *snapshot.Manifest) map[string]int64 {
	offsets := map[string]int64{}
	for _, in := range topicsOf(m) {
		offsets[offsetKey(in.Topic, in.Partition)] = in.NextOffset
	}
	return offsets
}

// topicsOf are the stretches of partitions that a snapshot goes back to.
func topicsOf(m *snapshot.Manifest) (list []snapshot.Input) {
	for _, in := range m.Inputs {
		if in.Topic != "" {
			list = append(list, in)
		}
	}
	return list
}
