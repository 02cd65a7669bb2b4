package pipeline

import (
	"errors"
	"fmt"
	"testing"

	"github.com/dusach/dusach/pipeline/intake"
)

// A broker that is away for long does not end a run: only what people must mend
// does.
func TestLiveOutlivesItsBroker(t *testing.T) {
	w := &warned{}
	l := newLive(LiveJob{}, nil, w)
	if err := l.heard(t.Context(), nil, fmt.Errorf("topic x: %w", intake.ErrAway)); err != nil || len(w.errs) != 1 {
		t.Errorf("a broker that is away: %v, %d warnings", err, len(w.errs))
	}
	denied := errors.New("no right to read")
	if err := l.heard(t.Context(), nil, denied); !errors.Is(err, denied) {
		t.Errorf("a right that is missing: %v", err)
	}
}

type warned struct {
	Quiet
	errs []error
}

func (w *warned) Warn(err error) { w.errs = append(w.errs, err) }
