package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// Stages that take what they were measured to take are foretold to the second.
func TestForecastOfARun(t *testing.T) {
	const forms = 10_000_000
	begin := time.Date(2026, 12, 1, 6, 0, 0, 0, time.UTC)
	const reading = 500 * time.Second
	whole := time.Duration(0)
	for _, name := range cleanStages {
		whole += time.Duration(float64(reading) * costs(name, forms))
	}
	f := forecast{stages: cleanStages, forms: forms}
	now := begin
	for _, name := range cleanStages {
		takes := time.Duration(float64(reading) * costs(name, forms))
		f.begins(name, now, 0)
		if _, _, ok := f.left(now, 0); ok {
			t.Errorf("%s: a forecast of nothing", name)
		}
		for _, share := range []float64{.1, .5, 1} {
			at := now.Add(time.Duration(float64(takes) * share))
			stage, run, ok := f.left(at, share)
			if want := time.Duration(float64(takes) * (1 - share)); !ok || (stage-want).Abs() > time.Second {
				t.Errorf("%s at %v: %v left of the stage (%v), want %v", name, share, stage, ok, want)
			}
			if want := begin.Add(whole).Sub(at); (run - want).Abs() > time.Second {
				t.Errorf("%s at %v: %v left of the run, want %v", name, share, run, want)
			}
		}
		now = now.Add(takes)
	}
}

// What an earlier process did takes no time of this one.
func TestForecastOfAResumedRun(t *testing.T) {
	now := time.Now()
	f := forecast{stages: cleanStages, forms: 1000}
	f.begins("read", now, .6)
	if stage, _, ok := f.left(now.Add(10*time.Second), .7); !ok || (stage-30*time.Second).Abs() > time.Second {
		t.Errorf("%v left (%v), want 30s: 10 s for a tenth", stage, ok)
	}
}

// A stage that is no part of a run, and a run whose stages nobody named, are
// foretold by themselves.
func TestForecastOfOneStage(t *testing.T) {
	now := time.Now()
	for _, f := range []forecast{{}, {stages: cleanStages}} {
		f.begins("plan", now, 0)
		if stage, run, ok := f.left(now.Add(10*time.Second), .5); !ok || run != 0 || (stage-10*time.Second).Abs() > time.Second {
			t.Errorf("%v of the stage, %v of the run (%v)", stage, run, ok)
		}
	}
}

// Where nobody watches a bar, a long stage tells how far it is twice a minute.
func TestLongStagesTell(t *testing.T) {
	for _, c := range []struct{ lang, want string }{
		{"en", "3 min"}, {"vi", "3 phút"},
	} {
		var out bytes.Buffer
		now := time.Date(2026, 12, 1, 6, 0, 0, 0, time.UTC)
		p := &progress{messages: messages{out: &out, lang: c.lang}, now: func() time.Time { return now }}
		for i := range 61 {
			p.Stage("merge", int64(i)*100, 24_000)
			now = now.Add(time.Second)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[1], "25 %") || !strings.Contains(lines[1], c.want) {
			t.Errorf("a minute of a four-minute stage said:\n%s", out.String())
		}
		p.finish()
		if n := strings.Count(out.String(), "\n"); n != 3 {
			t.Errorf("at its end:\n%s", out.String())
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		d      time.Duration
		en, vi string
	}{
		{0, "<1 min", "<1 phút"},
		{59 * time.Second, "1 min", "1 phút"},
		{45 * time.Minute, "45 min", "45 phút"},
		{59*time.Minute + 50*time.Second, "1 h", "1 giờ"},
		{125 * time.Minute, "2 h 5 min", "2 giờ 5 phút"},
	} {
		if en, vi := span(c.d, "en"), span(c.d, "vi"); en != c.en || vi != c.vi {
			t.Errorf("%v: %q, %q, want %q, %q", c.d, en, vi, c.en, c.vi)
		}
	}
}
