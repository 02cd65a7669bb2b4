package pipeline

import (
	"context"

	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/report"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// formsTable is the last room of a form: the table forms.
type formsTable struct{}

// Do writes a batch of forms.
func (formsTable) Do(_ context.Context, in *record.FormRows, out *snapshot.FormsWriter) error {
	return out.WriteRows(in)
}

// counter is where forms and citizens are counted for the scorecard.
type counter struct {
	all  *report.Tally // of the parts that a worker has written
	part *report.Tally // of the one at hand
}

// Do counts a batch of forms and the citizens made of them.
func (c *counter) Do(_ context.Context, forms *record.FormRows, citizens *record.CitizenRows) error {
	c.part.Forms(forms)
	c.part.Citizens(citizens)
	return nil
}
