package pipeline

import (
	"cmp"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/block"
	"github.com/dusach/dusach/pipeline/compare"
	"github.com/dusach/dusach/pipeline/decide"
	"github.com/dusach/dusach/pipeline/decode"
	"github.com/dusach/dusach/pipeline/merge"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/snapshot"
	"github.com/dusach/dusach/pipeline/standardize"
)

// Pipeline is the house under one epoch: model, rules and thresholds do not
// change while it stands.
type Pipeline struct {
	cfg    Config
	scorer *model.Scorer
}

// New returns the house for a configuration that was checked.
func New(cfg Config) *Pipeline {
	return &Pipeline{cfg: cfg, scorer: cfg.Model.NewScorer(cfg.SizeClass)}
}

// step takes one bite of forms through the house. A batch run is one bite; what
// arrives later is another one, on the same memory.
func (p *Pipeline) step(r *run) error {
	if err := p.readAll(r); err != nil { // chunks of forms → clean records in the cellar
		return err
	}
	r.meter.ends("read")
	if p.cfg.Learn { // no model was given: records → model
		if err := p.teach(r); err != nil {
			return err
		}
		r.meter.ends("learn")
	}
	links, clusters, extra, err := p.settled(r) // records → pairs → links → who is who
	if err != nil {
		return err
	}
	if err := p.promise(r, clusters, links); err != nil { // may too much of it be wrong?
		return err
	}
	err = p.publishFound(r, clusters, links, extra) // who is who → golden records → tables
	r.meter.ends("publish")
	return err
}

// settled returns the links of all records, who is who by them, and what was found of
// each on the way; an earlier process may have left that.
func (p *Pipeline) settled(r *run) (links []record.Link, clusters *record.Clusters, extra []findings, err error) {
	if r.log.settled() {
		if clusters, links, extra, err = r.recallSettled(); err == nil {
			err = cmp.Or(r.decide(), r.recall(links))
		}
		return links, clusters, extra, err
	}
	if links, err = p.judgeAll(r); err != nil {
		return nil, nil, nil, err
	}
	r.meter.ends("judge")
	if clusters, err = p.settleAll(r, links); err != nil {
		return nil, nil, nil, err
	}
	r.meter.ends("settle")
	return links, clusters, p.found(r, clusters, links), nil
}

// reader, judge, settler and publisher are one worker's way through a part of
// the house, with the buffers that it reuses.
type (
	reader struct {
		walk
		decode      *decode.Stage
		standardize *standardize.Stage
		decoded     record.Decoded
		refused     record.Refusals
		seeker      record.Erased // nil: nothing was erased
		shelver     *shelver
	}
	judge struct {
		walk
		rules    []string // their names
		block    *block.Stage
		compare  *compare.Stage
		decide   *decide.Stage
		pairs    record.Pairs
		evidence record.Evidence
		links    record.Links
	}
	settler struct {
		walk
		cluster Stage[*record.Component, *record.Clusters]
	}
	publisher struct {
		walk
		merge    *merge.Stage
		count    *counter
		write    formsTable
		bucket   bucketRows
		citizens record.CitizenRows
		row      []byte
	}
)

// read turns a chunk of forms into clean records and refusals.
func (p *Pipeline) read(w *reader, chunk *record.Chunk, out *record.Cleaned) {
	through(&w.walk, roomDecode, w.decode, chunk, &w.decoded)
	through(&w.walk, roomStandardize, w.standardize, &w.decoded.Forms, out)
}

// judge makes the pairs of a range of blocks and keeps those worth a link.
func (p *Pipeline) judge(w *judge, r *block.Range) {
	for w.err == nil {
		through(&w.walk, roomBlock, w.block, r, &w.pairs)
		if len(w.pairs.Pairs) == 0 {
			return
		}
		through(&w.walk, roomCompare, w.compare, &w.pairs, &w.evidence)
		through(&w.walk, roomDecide, w.decide, &w.evidence, &w.links)
		w.rows(len(w.pairs.Pairs), roomBlock, roomCompare, roomDecide)
	}
}

// settle decides which records of a component are one citizen.
func (p *Pipeline) settle(w *settler, c *record.Component, out *record.Clusters) {
	through(&w.walk, roomCluster, w.cluster, c, out)
	w.times[roomCluster].Rows += int64(len(c.Records))
}

// publish merges the forms of some citizens, counts both and writes the forms.
func (p *Pipeline) publish(w *publisher, group *record.Grouped, out *snapshot.FormsWriter) {
	through(&w.walk, roomMerge, w.merge, group, &w.citizens)
	through(&w.walk, roomReport, w.count, group.Rows, &w.citizens)
	through(&w.walk, roomSnapshot, w.write, group.Rows, out)
	w.rows(group.Rows.N, roomMerge, roomReport, roomSnapshot)
}
