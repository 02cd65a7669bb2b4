package evaluate

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Print writes the result as short tables, in Vietnamese for "vi", else in
// English.
func (res *Result) Print(w io.Writer, lang string) error {
	p := &printer{w: w, vi: lang == "vi"}
	p.overview(res)
	p.links(res)
	p.processes(res)
	p.falseMerges(res)
	p.sweep(res)
	p.calibration(res)
	p.malformed(res)
	p.flush()
	return p.err
}

// A printer writes tables: the first column to the left, the others to the
// right, as wide as they need to be.
type printer struct {
	w    io.Writer
	vi   bool
	rows [][]string
	err  error // the first
}

func (p *printer) say(vi, en string) string {
	if p.vi {
		return vi
	}
	return en
}

func (p *printer) row(cells ...string) { p.rows = append(p.rows, cells) }

// head ends the table before and begins one.
func (p *printer) head(cells ...string) {
	p.flush()
	p.rows = append(p.rows, nil, cells)
}

func (p *printer) flush() {
	width := []int{46}
	for _, cells := range p.rows {
		for i, c := range cells {
			if i == len(width) {
				width = append(width, 9)
			}
			width[i] = max(width[i], utf8.RuneCountInString(c))
		}
	}
	var line []byte
	for _, cells := range p.rows {
		line = line[:0]
		for i, c := range cells {
			space := strings.Repeat(" ", width[i]-utf8.RuneCountInString(c))
			if i == 0 {
				line = append(append(line, c...), space...)
			} else {
				line = append(append(append(line, "  "...), space...), c...)
			}
		}
		line = append(bytes.TrimRight(line, " "), '\n')
		if _, err := p.w.Write(line); p.err == nil {
			p.err = err
		}
	}
	p.rows = p.rows[:0]
}

func whole(n uint64) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + " " + s[i:]
	}
	return s
}

func share(x float64) string { return fmt.Sprintf("%.4f", x) }

func (p *printer) overview(res *Result) {
	p.row(p.say("Phiếu đem so với đáp án", "Forms compared with the truth"), whole(res.Forms.Compared))
	p.row(p.say("  người thật / công dân trong kho", "  persons / citizens of the store"), whole(res.Persons), whole(res.Citizens))
	if res.Sample > 0 {
		p.row(p.say("  đáp án chỉ có một phần số người", "  the truth tells of a share of the persons"), fmt.Sprint(res.Sample))
	}
	if res.Forms.WithoutTruth > 0 {
		p.row(p.say("  phiếu trong kho không có đáp án", "  stored forms that the truth does not know"), whole(res.Forms.WithoutTruth))
	}
	if res.Forms.Ambiguous > 0 {
		p.row(p.say("  mã phiếu có hai người trong đáp án", "  form ids with two persons in the truth"), whole(res.Forms.Ambiguous))
	}
	p.head(p.say("Chất lượng ghép", "Quality of linking"), p.say("chính xác", "precision"), p.say("bao phủ", "recall"), "F1")
	p.row(p.say("  theo cặp", "  pairwise"), share(res.Pairwise.Precision), share(res.Pairwise.Recall), share(res.Pairwise.F1))
	p.row("  B-cubed", share(res.BCubed.Precision), share(res.BCubed.Recall), share(res.BCubed.F1))
	p.head(p.say("Sai sót", "Errors"), p.say("số", "count"), p.say("trên triệu phiếu", "per million forms"))
	p.row(p.say("  cặp ghép sai", "  wrong pairs"), whole(res.WrongPairs), fmt.Sprintf("%.1f", res.WrongPairsPerMillion))
	p.row(p.say("  người bị ghép nhầm vào người khác", "  persons merged into another"), whole(res.WrongMerges), fmt.Sprintf("%.1f", res.WrongMergesPerMillion))
	p.row(p.say("  người bị tách thành nhiều công dân", "  persons split over several citizens"), whole(res.SplitPersons))
}

func (p *printer) links(res *Result) {
	l := &res.Links
	p.head(p.say("Liên kết và duyệt thủ công", "Links and clerical review"))
	p.row(p.say("  cặp chờ duyệt", "  pairs under review"), whole(l.Reviews))
	p.row(p.say("  … trên 1.000 phiếu", "  … per 1,000 forms"), fmt.Sprintf("%.2f", l.ReviewsPer1000))
	p.row(p.say("  … đúng là một người", "  … that are one person"), share(l.ReviewsThatAreOne))
	p.row(p.say("  bao phủ, tính cả cặp chờ duyệt", "  recall, pairs under review counted"), share(l.RecallWithReview))
	p.row(p.say("  cặp thật đã gặp nhau (cận dưới độ phủ cặp)", "  true pairs that met (completeness, at least)"), share(l.LinkedOrTogether))
}

func (p *printer) processes(res *Result) {
	if len(res.Processes) == 0 {
		return
	}
	p.head(p.say("Độ bao phủ theo cách biến dạng", "Recall by process"), p.say("cặp", "pairs"), p.say("bao phủ", "recall"), p.say("kể cả duyệt", "with review"))
	for _, x := range res.Processes {
		p.row("  "+x.Process, whole(x.Pairs), share(x.Recall), share(x.RecallWithReview))
	}
}

// kindCaptions are the kinds of wrong pairs in Vietnamese.
var kindCaptions = map[string][2]string{
	kindTwins: {"sinh đôi", "twins"}, kindSiblings: {"anh chị em", "siblings"}, kindParent: {"cha mẹ và con", "parent and child"},
	kindSharedID: {"chung số CCCD/CMND", "shared ID"}, kindNamesakes: {"trùng tên, trùng năm sinh", "namesakes of one birth year"},
	kindSameName: {"trùng tên", "same name"}, kindHousehold: {"cùng hộ hoặc địa chỉ", "household or address"},
	kindOther: {"khác", "other"}, kindNotExamined: {"không xét", "not examined"},
}

func (p *printer) falseMerges(res *Result) {
	if len(res.FalseMerges) == 0 {
		return
	}
	p.head(p.say("Cặp ghép sai theo loại", "Wrong pairs by kind"), p.say("cặp", "pairs"))
	for _, k := range res.FalseMerges {
		c := kindCaptions[k.Kind]
		p.row("  "+p.say(c[0], c[1]), whole(k.Pairs))
	}
}

func (p *printer) sweep(res *Result) {
	if len(res.Sweep) == 0 {
		return
	}
	p.head(p.say("Ngưỡng (bit), chỉ theo liên kết", "Threshold (bits), by links alone"), p.say("cặp", "pairs"), p.say("chính xác", "precision"),
		p.say("bao phủ", "recall"), "F1", p.say("sai/triệu", "wrong/million"))
	for _, x := range shown(res.Sweep) {
		p.row(fmt.Sprintf("  %+.0f", x.Weight), whole(x.Pairs), share(x.Precision), share(x.Recall), share(x.F1), fmt.Sprintf("%.1f", x.WrongPairsPerMillion))
	}
}

// shown returns the points that a page has room for: around the best.
func shown(points []SweepPoint) []SweepPoint {
	const before, after = 6, 12
	best := 0
	for i := range points {
		if points[i].F1 > points[best].F1 {
			best = i
		}
	}
	return points[max(0, best-before):min(len(points), best+after+1)]
}

func (p *printer) malformed(res *Result) {
	if len(res.Malformed) > 0 {
		p.head(p.say("Dòng hỏng theo loại", "Malformed rows by kind"), p.say("dòng", "rows"), p.say("từ chối", "refused"), p.say("có mã", "coded"),
			p.say("sót", "missed"), p.say("không thấy", "absent"), p.say("bắt được", "caught"))
	}
	for _, m := range res.Malformed {
		p.row("  "+m.Kind, whole(m.Rows), whole(m.Refused), whole(m.Coded), whole(m.Missed), whole(m.Absent), share(m.Caught))
	}
	p.head(p.say("Phiếu tốt", "Good forms"), whole(res.GoodForms))
	p.row(p.say("  bị từ chối nhầm", "  refused by mistake"), whole(res.GoodRefused))
	p.row(p.say("  không thấy trong kho", "  in no table of the store"), whole(res.GoodAbsent))
}
