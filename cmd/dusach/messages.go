package main

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// messages is what a command says beside its result: progress lines, warnings
// and errors, as text for people or as JSON for machines. None of them holds
// personal data.
type messages struct {
	out  io.Writer
	lang string
	log  *slog.Logger // nil: text
}

func newMessages(cmd *cobra.Command) messages {
	m := messages{out: cmd.ErrOrStderr(), lang: language(cmd)}
	if form, _ := cmd.Flags().GetString("log"); form == "json" {
		m.log = slog.New(slog.NewJSONHandler(m.out, nil))
	}
	return m
}

// stage says that a stage has ended.
func (m messages) stage(name string, rows int64, seconds float64) {
	if m.log != nil {
		m.log.Info("stage ended", "stage", name, "rows", rows, "seconds", seconds)
		return
	}
	fmt.Fprintf(m.out, "%s %12s %s  %s s\n", m.stageName(name), pipeline.Number(rows, m.lang), choose(stageUnits[name], m.lang), decimal(seconds, 1, m.lang))
}

// stageName is the name of a stage, as wide as that of any other.
func (m messages) stageName(name string) string {
	if vi, ok := stageWords[name]; ok && m.lang != "en" {
		name = vi
	}
	return name + strings.Repeat(" ", max(0, 14-cellWidth(name)))
}

// reached says how far a stage is, and how long it and the run will still take where
// that can be told.
func (m messages) reached(name string, rows int64, share float64, stage, run time.Duration, told bool) {
	if m.log != nil {
		facts := []any{"stage", name, "rows", rows}
		if told {
			facts = append(facts, "share", share, "stage_seconds_left", stage.Round(time.Second).Seconds())
		}
		if run > 0 {
			facts = append(facts, "run_seconds_left", run.Round(time.Second).Seconds())
		}
		m.log.Info("stage goes on", facts...)
		return
	}
	line := fmt.Sprintf("%s %12s %s", m.stageName(name), pipeline.Number(rows, m.lang), choose(stageUnits[name], m.lang))
	if told {
		line += fmt.Sprintf("  %s %%, %s", decimal(100*share, 0, m.lang), m.leftWords(stage, run))
	}
	fmt.Fprintln(m.out, line)
}

// leftWords says how long a stage, and where that is known the run, will still take.
func (m messages) leftWords(stage, run time.Duration) string {
	text := fmt.Sprintf(choose([2]string{"còn %s", "%s left"}, m.lang), span(stage, m.lang))
	if run > 0 {
		text += fmt.Sprintf(choose([2]string{", cả lần chạy còn %s", ", %s of the run"}, m.lang), span(run, m.lang))
	}
	return text
}

// span says how long something takes, to the minute.
func span(d time.Duration, lang string) string {
	minutes := int(d.Round(time.Minute).Minutes())
	words := choose([2]string{"%d giờ %d phút", "%d h %d min"}, lang)
	hour, minute, _ := strings.Cut(words, " %d")
	switch {
	case minutes == 0:
		return choose([2]string{"<1 phút", "<1 min"}, lang)
	case minutes < 60:
		return fmt.Sprintf("%d"+minute, minutes)
	case minutes%60 == 0:
		return fmt.Sprintf(hour, minutes/60)
	}
	return fmt.Sprintf(words, minutes/60, minutes%60)
}

// worthTelling is the disk from which on a run says what it will take.
const worthTelling = 100 << 20

// space says what a run will take of the disk.
func (m messages) space(s pipeline.Space) {
	if m.log != nil {
		m.log.Info("disk reckoned", "input_bytes", s.Input, "scratch_bytes", s.Scratch, "snapshot_bytes", s.Snapshot, "free_tmp_bytes", s.FreeTmp, "free_out_bytes", s.FreeOut)
		return
	}
	if s.Scratch+s.Snapshot < worthTelling {
		return
	}
	mib := func(n int64) string { return pipeline.Number(n>>20, m.lang) }
	text := [2]string{"đĩa: cần chừng %s MiB tạm (còn trống %s), bản chụp chừng %s MiB (còn trống %s)\n", "disk: about %s MiB of scratch (%s free), about %s MiB of snapshot (%s free)\n"}
	free := func(n int64) string {
		if n < 0 {
			return "?"
		}
		return mib(n)
	}
	fmt.Fprintf(m.out, choose(text, m.lang), mib(s.Scratch), free(s.FreeTmp), mib(s.Snapshot), free(s.FreeOut))
}

// resumed says from where a run goes on.
func (m messages) resumed(from pipeline.Resumed) {
	if m.log != nil {
		m.log.Info("resumed", "forms", from.Forms, "all_read", from.Whole, "rules", from.Rules, "parts", from.Parts, "published", from.Published)
		return
	}
	forms := pipeline.Number(from.Forms, m.lang)
	switch {
	case from.Published != "":
		fmt.Fprintf(m.out, choose([2]string{"lần chạy trước đã công bố bản chụp %s rồi mới dừng: không còn gì phải làm\n", "the run before published snapshot %s before it ended: nothing is left to do\n"}, m.lang), from.Published)
	case from.Parts > 0:
		fmt.Fprintf(m.out, choose([2]string{"đi tiếp: đã đọc và so cặp xong %s phiếu, đã ghi %d trên %d phần\n", "resumed: %s forms were read and judged before, %d of %d parts written\n"}, m.lang), forms, from.Parts, from.OfParts)
	case from.Settled:
		fmt.Fprintf(m.out, choose([2]string{"đi tiếp: đã đọc và so cặp xong %s phiếu\n", "resumed: %s forms were read and judged before\n"}, m.lang), forms)
	case from.Whole:
		fmt.Fprintf(m.out, choose([2]string{"đi tiếp: đã đọc xong %s phiếu, đã xét %d trên %d luật gom\n", "resumed: all %s forms were read and %d of %d rules judged before\n"}, m.lang), forms, from.Rules, from.Of)
	default:
		fmt.Fprintf(m.out, choose([2]string{"đi tiếp: đã đọc %s phiếu\n", "resumed: %s forms were read before\n"}, m.lang), forms)
	}
}

// blocking says how many of the true pairs meet, and at what cost.
func (m messages) blocking(met, all int64, pairsAForm float64) {
	share := float64(met) / float64(all)
	if m.log != nil {
		m.log.Info("blocking measured", "true_pairs", all, "met", met, "completeness", share, "candidate_pairs_a_form", pairsAForm)
		return
	}
	text := [2]string{"gom cặp: gặp %s trên %s cặp trùng thật (%s %%), mỗi phiếu %s cặp ứng viên\n", "blocking: %s of %s true pairs meet (%s %%), %s candidate pairs a form\n"}
	fmt.Fprintf(m.out, choose(text, m.lang), pipeline.Number(met, m.lang), pipeline.Number(all, m.lang), decimal(100*share, 3, m.lang), decimal(pairsAForm, 1, m.lang))
}

// warn says what went wrong without ending the command.
func (m messages) warn(err error) {
	if m.log != nil {
		m.log.Warn(err.Error())
		return
	}
	fmt.Fprintln(m.out, choose([2]string{"dusach: lưu ý:", "dusach: warning:"}, m.lang), say.Text(err, m.lang))
}

// fail says what ended the command.
func (m messages) fail(err error) {
	if m.log != nil {
		m.log.Error(err.Error(), "exit", exitCode(err))
		return
	}
	fmt.Fprintln(m.out, "dusach:", say.Text(err, m.lang))
}
