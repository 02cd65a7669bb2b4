package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/dusach/dusach/pipeline"
)

// summaryWords are the captions of the summary, Vietnamese and English.
var summaryWords = map[string][2]string{
	"snapshot":   {"Bản chụp", "Snapshot"},
	"in":         {"phiếu đã đọc", "forms read"},
	"forms":      {"phiếu hợp lệ", "forms accepted"},
	"repeats":    {"phiếu gửi lại", "forms sent again"},
	"quarantine": {"phiếu bị cách ly", "forms in quarantine"},
	"forgotten":  {"phiếu đã xóa theo yêu cầu", "forms erased on request"},
	"citizens":   {"công dân", "citizens"},
	"merged":     {"phiếu trùng được gộp", "duplicate forms merged"},
	"reviews":    {"cặp cần xem lại", "pairs to be looked at"},
	"stage":      {"công đoạn", "stage"},
	"rows":       {"số dòng, cặp", "rows, pairs"},
	"seconds":    {"giây xử lý", "busy seconds"},
	"total":      {"Tổng thời gian", "Total time"},
	"machine":    {"giây CPU; bộ nhớ cao nhất", "CPU seconds; peak memory"},
	"rate":       {"phiếu/s", "forms/s"},
	"disk":       {"Đĩa", "Disk"},
	"written":    {"ghi", "written"},
	"spilled":    {"tạm", "scratch"},
	"report":     {"Mở báo cáo", "Open the report"},
	"phase":      {"phần việc", "part"},
	"wall":       {"giây", "seconds"},
	"readMiB":    {"đọc MiB", "read MiB"},
	"writtenMiB": {"ghi MiB", "written MiB"},
	"peakMiB":    {"bộ nhớ MiB", "memory MiB"},
	"learnt":     {"Không có mô hình nên đã học từ chính các bản ghi này", "No model was given, so one was learnt from these records"},
	"damaged":    {"Tệp không đọc được", "Files that could not be read"},
}

// stageWords say in Vietnamese what each stage does; in English its name does.
var stageWords = map[string]string{
	"intake": "đọc tệp", "decode": "tách ô", "standardize": "chuẩn hóa", "keep": "lưu tạm", "block": "gom cặp",
	"compare": "so sánh", "read": "đọc phiếu", "learn": "đếm mẫu", "plan": "đếm cặp", "decide": "quyết định", "cluster": "gom cụm", "merge": "gộp bản ghi", "report": "thống kê", "snapshot": "ghi bản chụp",
}

// phaseWords say in Vietnamese what each part of a run does.
var phaseWords = map[string]string{
	"read": "đọc và chuẩn hóa", "learn": "học mô hình", "judge": "so các cặp", "settle": "gom cụm", "publish": "gộp và ghi", "finish": "báo cáo, công bố",
}

// stageUnits say what progress counts in a stage.
var stageUnits = map[string][2]string{
	"read": {"phiếu", "forms"}, "merge": {"phiếu", "forms"}, "snapshot": {"công dân", "citizens"}, "block": {"luật gom", "rules"}, "learn": {"luật gom", "rules"}, "plan": {"luật gom", "rules"},
}

// choose returns the word of a language.
func choose(words [2]string, lang string) string {
	if lang == "en" {
		return words[1]
	}
	return words[0]
}

// printSummary shows what a run did: what came in, what became of it, what each
// stage took, and the report to open.
func printSummary(out io.Writer, s *pipeline.Summary, lang string) error {
	word := func(key string) string { return choose(summaryWords[key], lang) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n\n", word("snapshot"), s.Snapshot)
	counts := grid{right: []bool{true, false}}
	c := s.Counts
	for _, row := range []struct {
		n      int64
		key    string
		always bool
	}{
		{c.FormsIn, "in", true}, {c.Forms, "forms", true}, {c.Repeats, "repeats", false}, {c.Quarantine, "quarantine", true},
		{c.Forgotten, "forgotten", false}, {c.Citizens, "citizens", true}, {c.Forms - c.Citizens, "merged", true}, {s.Reviews, "reviews", true},
	} {
		if row.always || row.n > 0 {
			counts.add(pipeline.Number(row.n, lang), word(row.key))
		}
	}
	counts.write(&b)
	b.WriteByte('\n')
	if s.Wrong != nil {
		fmt.Fprintf(&b, "%s\n\n", wrongWords(s.Wrong, lang))
	}
	stages := grid{right: []bool{false, true, true}}
	stages.add(word("stage"), word("rows"), word("seconds"))
	for _, t := range s.Stages {
		name := t.Stage
		if vi, ok := stageWords[name]; ok && lang != "en" {
			name = vi
		}
		stages.add(name, pipeline.Number(stageRows(s, t), lang), seconds(t.Busy, lang))
	}
	stages.write(&b)
	printPhases(&b, s, lang)
	fmt.Fprintf(&b, "\n%s: %s s", word("total"), seconds(s.Elapsed, lang))
	printUsage(&b, s, lang)
	for i, d := range s.Damaged {
		if i == 0 {
			fmt.Fprintf(&b, "%s:\n", word("damaged"))
		}
		fmt.Fprintln(&b, " ", shorten(d, 150)) // the warning said it in full
	}
	if s.Model != "" {
		fmt.Fprintf(&b, "%s: %s\n", word("learnt"), s.Model)
	}
	fmt.Fprintf(&b, "%s: %s\n", word("report"), s.Report)
	_, err := io.WriteString(out, b.String())
	return err
}

// printPhases shows what each part of the run took of the machine, one after the
// other: what stages took is summed over workers and leaves out what the process
// did beside them.
func printPhases(b *strings.Builder, s *pipeline.Summary, lang string) {
	if s.Usage == nil {
		return
	}
	word := func(key string) string { return choose(summaryWords[key], lang) }
	mib := func(n int64) string { return pipeline.Number(n>>20, lang) }
	phases := grid{right: []bool{false, true, true, true, true, true, true}}
	phases.add(word("phase"), word("wall"), "CPU s", word("rate"), word("readMiB"), word("writtenMiB"), word("peakMiB"))
	for _, p := range s.Usage.Phases {
		name := p.Name
		if vi, ok := phaseWords[name]; ok && lang != "en" {
			name = vi
		}
		rate := ""
		if p.Elapsed > 0 {
			rate = pipeline.Number(int64(float64(s.Counts.FormsIn)/p.Elapsed.Seconds()), lang)
		}
		phases.add(name, seconds(p.Elapsed, lang), seconds(p.CPU, lang), rate, mib(p.Read), mib(p.Written), mib(p.PeakMemory))
	}
	b.WriteByte('\n')
	phases.write(b)
}

// printUsage ends the line of the total with what the run took of the machine.
func printUsage(b *strings.Builder, s *pipeline.Summary, lang string) {
	word := func(key string) string { return choose(summaryWords[key], lang) }
	u := s.Usage
	if u == nil {
		b.WriteByte('\n')
		return
	}
	if s.Elapsed > 0 {
		fmt.Fprintf(b, ", %s %s", pipeline.Number(int64(float64(s.Counts.FormsIn)/s.Elapsed.Seconds()), lang), word("rate"))
	}
	mib := func(n int64) string { return decimal(float64(n)/(1<<20), 0, lang) + " MiB" }
	if u.PeakMemory > 0 {
		fmt.Fprintf(b, "; %s %s: %s", seconds(u.CPU, lang), word("machine"), mib(u.PeakMemory))
	}
	fmt.Fprintf(b, "\n%s: %s %s, %s %s\n", word("disk"), mib(u.Written), word("written"), mib(u.Scratch), word("spilled"))
}

// shorten cuts a text after n characters.
func shorten(s string, n int) string {
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return s
}

// stageRows is how many rows, or pairs of them, a stage worked on.
func stageRows(s *pipeline.Summary, t pipeline.StageTime) int64 {
	switch {
	case t.Rows > 0:
		return t.Rows
	case t.Stage == "block", t.Stage == "compare", t.Stage == "decide":
		return int64(s.Pairs)
	case t.Stage == "merge", t.Stage == "report":
		return s.Counts.Forms
	}
	return 0
}

// seconds writes a time as a language writes decimals.
func seconds(d time.Duration, lang string) string { return decimal(d.Seconds(), 2, lang) }

// decimal writes a number with a decimal comma, in English a point.
func decimal(x float64, digits int, lang string) string {
	text := strconv.FormatFloat(x, 'f', digits, 64)
	if lang == "en" {
		return text
	}
	return strings.Replace(text, ".", ",", 1)
}

// wrongWords says how many merges may be wrong, and by whose word.
func wrongWords(w *pipeline.WrongMerges, lang string) string {
	by := choose([2]string{"theo mô hình", "by the model"}, lang)
	if w.Sample != "" {
		by = choose([2]string{"theo mẫu đã duyệt ", "by the judged sample "}, lang) + w.Sample
	}
	return fmt.Sprintf(choose([2]string{"Gộp nhầm trên một triệu phiếu: khoảng %s cặp, tin cậy 95 %%: không quá %s (%s)",
		"Wrong merges per million forms: about %s pairs, at most %s with 95 %% confidence (%s)"}, lang),
		pipeline.Number(int64(w.Expected+.5), lang), pipeline.Number(int64(w.AtMost+.999), lang), by)
}
