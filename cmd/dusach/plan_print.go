package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline"
)

// planWords are the captions of a plan, Vietnamese and English.
var planWords = map[string][2]string{
	"files":    {"tệp", "files"},
	"damaged":  {"tệp không đọc được hết", "files that cannot be read to the end"},
	"rows":     {"phiếu", "forms"},
	"sample":   {"phiếu đã làm thử", "forms tried out"},
	"repeats":  {"phiếu gửi lại (trong mẫu)", "forms sent again (of the sample)"},
	"refused":  {"phiếu sẽ bị cách ly", "forms that will go to quarantine"},
	"rule":     {"luật gom", "blocking rule"},
	"tried":    {"cặp trong mẫu", "pairs in sample"},
	"pairs":    {"cặp, toàn bộ", "pairs, whole"},
	"band":     {"khoảng", "band"},
	"matches":  {"trùng", "matches"},
	"largest":  {"khối lớn nhất", "largest block"},
	"refined":  {"khối chia nhỏ", "refined blocks"},
	"quiet":    {"luật khác không đem lại cặp nào trong mẫu", "other rules bring no pair of the sample"},
	"whole":    {"Cả lần chạy", "The whole run"},
	"totals":   {"cặp ứng viên", "candidate pairs"},
	"cpu":      {"giây CPU", "CPU seconds"},
	"wall":     {"giây chờ, %d tiến trình", "seconds of wall time, %d workers"},
	"memory":   {"bộ nhớ cao nhất, MiB", "peak memory, MiB"},
	"snapshot": {"bản chụp, MiB", "snapshot, MiB"},
	"scratch":  {"đĩa tạm, MiB", "scratch, MiB"},
	"free":     {"còn trống ở %s, MiB", "free in %s, MiB"},
	"nofit":    {"KHÔNG ĐỦ CHỖ cho tệp tạm ở %s: chọn thư mục khác bằng --tmp.", "NOT ENOUGH ROOM for scratch files in %s: name another folder with --tmp."},
	"phases":   {"công đoạn", "phase"},
	"all":      {"Đã làm thử toàn bộ phiếu: số cặp là số đúng, không phải ước lượng.", "All forms were tried out: counts of pairs are exact, not estimated."},
	"part": {"Đã làm thử một phần: số cặp của toàn bộ là ước lượng, khoảng là hai lần sai số chuẩn. Thời gian là của máy này, lúc này.",
		"A part was tried out: counts of pairs of the whole are estimates, the band is two standard errors. Times are those of this machine, now."},
	"recall": {"Bỏ sót do giới hạn", "Recall given up by limits"},
	"none": {"Không cặp nào trong mẫu bị bỏ ra vì khóa quá phổ biến.",
		"No pair of the sample is left out because its key is too common."},
	"gives": {"Ở khóa mà bảng tần suất cho là quá phổ biến, luật đòi thêm điều sau dấu gạch chéo. Vì vậy %s cặp trong mẫu không được so sánh theo luật nào; mô hình sẽ gọi %s trong số đó là trùng, bên cạnh %s cặp trùng đã gặp. Nghĩa là cứ 1.000 cặp trùng mà các luật này có thể tìm ra thì mất khoảng %s.",
		"Under a key that the frozen tables call too common, a rule wants what stands after its slash too. So %s pairs of the sample are compared under no rule; the model would call %s of them matches, beside %s matches that do meet. That is about %s lost of every 1,000 matches within reach of these rules."},
	"leaves": {"cặp bỏ ra", "pairs left out"},
	"lost":   {"trong đó trùng", "of them matches"},
}

// planPhases say what the phases of a run do.
var planPhases = map[string][2]string{
	"read": {"đọc và chuẩn hóa", "read and standardize"}, "learn": {"học mô hình", "learn a model"}, "judge": {"gom cặp, so sánh, quyết định", "block, compare, decide"},
	"settle": {"gom cụm", "cluster"}, "publish": {"gộp và ghi bản chụp", "merge and write the snapshot"},
}

// planPrinter writes a plan in one language.
type planPrinter struct {
	strings.Builder
	plan *pipeline.Plan
	lang string
	form bool // the records are collection forms: their rules have words
}

func (b *planPrinter) word(key string) string   { return choose(planWords[key], b.lang) }
func (b *planPrinter) number(n int64) string    { return pipeline.Number(n, b.lang) }
func (b *planPrinter) rounded(x float64) string { return b.number(int64(math.Round(x))) }
func (b *planPrinter) share(n, of int64) string {
	return decimal(100*float64(n)/float64(max(of, 1)), 2, b.lang) + " %"
}
func (b *planPrinter) sentence(text string) { paragraph(&b.Builder, "  ", text, 96) }
func (b *planPrinter) heading(text string)  { b.WriteString("\n" + text + "\n\n") }
func (b *planPrinter) band(e pipeline.Estimate, digits int, unit float64) string {
	write := func(x float64) string {
		if digits == 0 {
			return b.rounded(x / unit)
		}
		return decimal(x/unit, digits, b.lang)
	}
	if low, high := write(e.Low), write(e.High); low != high {
		return low + " – " + high
	}
	return write(e.Value)
}

// printPlan shows a plan: what is there, the rules, the whole, what is given up.
func printPlan(out io.Writer, p *pipeline.Plan, form bool, lang string) error {
	b := &planPrinter{plan: p, lang: lang, form: form}
	b.input()
	b.rules()
	b.whole()
	b.recall()
	_, err := io.WriteString(out, b.String())
	return err
}

func (b *planPrinter) input() {
	p := b.plan
	counts := grid{right: []bool{true, false}}
	counts.add(b.number(p.Rows), b.word("rows"))
	counts.add(b.number(int64(p.Files)), b.word("files"))
	if p.Damaged > 0 {
		counts.add(b.number(int64(p.Damaged)), b.word("damaged"))
	}
	counts.add(b.number(p.Sample), b.word("sample"))
	if p.Counts.Repeats > 0 {
		counts.add(b.share(p.Counts.Repeats, p.Counts.FormsIn), b.word("repeats"))
	}
	counts.add(b.share(p.Counts.Quarantine, p.Counts.FormsIn), b.word("refused"))
	for _, c := range p.Refused {
		// A refused form may have other codes too; those of level Error are why.
		if code, ok := reason.Parse(c.Code); ok && code.Severity() == reason.Error {
			counts.add(b.share(int64(c.Forms), p.Counts.FormsIn), "· "+code.Caption(b.lang))
		}
	}
	counts.write(&b.Builder)
	b.WriteByte('\n')
	if p.Share == 1 {
		b.sentence(b.word("all"))
	} else {
		b.sentence(b.word("part"))
	}
}

// rules lists the rules that bring pairs, in their order.
func (b *planPrinter) rules() {
	b.WriteByte('\n')
	table := grid{right: []bool{false, true, true, true, true, true}, limit: 56}
	head := []string{b.word("rule"), b.word("tried"), b.word("matches"), b.word("largest"), b.word("refined")}
	if b.plan.Share < 1 {
		head = append(head, b.word("pairs")+", "+b.word("band"))
	}
	table.add(head...)
	quiet := int64(0)
	for i := range b.plan.Rules {
		r := &b.plan.Rules[i]
		if r.Pairs == 0 {
			quiet++
			continue
		}
		row := []string{b.rule(r.Rule), b.number(r.Pairs), b.number(r.Matches), b.number(r.Largest), b.number(r.Refined)}
		if b.plan.Share < 1 {
			row = append(row, b.band(r.Whole, 0, 1))
		}
		table.add(row...)
	}
	table.write(&b.Builder)
	if quiet > 0 {
		b.sentence(b.number(quiet) + " " + b.word("quiet"))
	}
}

func (b *planPrinter) rule(text string) string {
	if b.form {
		return ruleWords(text, b.lang)
	}
	return text
}

func (b *planPrinter) whole() {
	p := b.plan
	b.heading(b.word("whole"))
	const mib = 1 << 20
	table := grid{right: []bool{true, false}}
	table.add(b.band(p.Pairs, 0, 1), b.word("totals"))
	table.add(b.band(p.CPU, 1, 1), b.word("cpu"))
	for _, phase := range p.Phases {
		table.add(b.band(phase.CPU, 1, 1), "· "+choose(planPhases[phase.Name], b.lang))
	}
	table.add(b.band(p.Wall, 1, 1), fmt.Sprintf(b.word("wall"), p.Workers))
	table.add(b.band(p.Memory, 0, mib), b.word("memory"))
	table.add(b.band(p.Snapshot, 0, mib), b.word("snapshot"))
	table.add(b.band(p.Scratch, 0, mib), b.word("scratch"))
	if p.Free >= 0 {
		table.add(b.rounded(float64(p.Free)/mib), fmt.Sprintf(b.word("free"), p.Tmp))
	}
	table.write(&b.Builder)
	if !p.Fits() {
		b.WriteByte('\n')
		b.sentence(fmt.Sprintf(b.word("nofit"), p.Tmp))
	}
}

// recall says what refining common keys gives up, in words and by rule.
func (b *planPrinter) recall() {
	p := b.plan
	b.heading(b.word("recall"))
	if p.LeftOut == 0 {
		b.sentence(b.word("none"))
		return
	}
	b.sentence(fmt.Sprintf(b.word("gives"), b.number(p.LeftOut), b.number(p.Lost), b.number(p.Matches), decimal(1000*p.RecallGivenUp, 2, b.lang)))
	b.WriteByte('\n')
	table := grid{right: []bool{false, true, true}, limit: 76}
	table.add(b.word("rule"), b.word("leaves"), b.word("lost"))
	for i := range p.Rules {
		if r := &p.Rules[i]; r.LeftOut > 0 {
			whole, _, _ := strings.Cut(r.Rule, " / ")
			table.add(b.rule(whole), b.number(r.LeftOut), b.number(r.Lost))
		}
	}
	table.write(&b.Builder)
}
