package main

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"github.com/dusach/dusach/matchers/model"
	"github.com/dusach/dusach/pipeline/record"
	"github.com/dusach/dusach/pipeline/say"
)

// The formats in which a pair is explained.
const (
	formatText = "text"
	formatSVG  = "svg"
	formatHTML = "html"
)

func checkFormat(format string, json bool) error {
	switch {
	case format != formatText && format != formatSVG && format != formatHTML:
		return &usageError{say.Errorf("--format %s: dùng text, svg hoặc html", "--format %s: use text, svg or html", format)}
	case json && format != formatText:
		return &usageError{say.Errorf("--json và --format %s loại trừ nhau: chọn một", "--json and --format %s exclude each other: choose one", format)}
	}
	return nil
}

// drawing says what a picture of the pair is of. Form ids alone name it.
func (e *explained) drawing(lang string) model.Drawing {
	return model.Drawing{Lang: lang, Thresholds: e.thresholds,
		Title: choose([2]string{"Vì sao: phiếu ", "Why: forms "}, lang) + e.forms[0].ID + choose([2]string{" và ", " and "}, lang) + e.forms[1].ID}
}

// A pairPage is what the page shows.
type pairPage struct {
	Lang, Title, Verdict string
	Story                []string
	Picture              template.HTML // drawn by model.WriteSVG, which escapes what it writes
	FormsCaption         string
	Forms                []string
	Fields               []pairField
	EvidenceCaption      string
	Head                 []string
	Evidence             [][]string
	Foot                 string
}

type pairField struct {
	Caption string
	Values  []string
	Differs string // in words, "" where they do not
}

// writePage writes the pair as one file for a browser that asks for nothing else: the
// verdict, the picture, the two forms, and the evidence as a table.
func (e *explained) writePage(out io.Writer, m mask, lang string) error {
	word := func(vi, en string) string { return choose([2]string{vi, en}, lang) }
	d := e.drawing(lang)
	var picture bytes.Buffer
	if err := model.WriteSVG(&picture, &e.explanation, d); err != nil {
		return err
	}
	page := pairPage{Lang: lang, Title: d.Title, Verdict: e.probabilityWords(lang), Story: strings.Split(e.story(lang), "\n"),
		Picture:      template.HTML(picture.String()),
		FormsCaption: word("Hai phiếu", "The two forms"), Forms: []string{e.forms[0].ID, e.forms[1].ID}, Fields: e.pageFields(m, lang),
		EvidenceCaption: word("Bằng chứng", "The evidence"),
		Head:            []string{word("Phép so sánh", "Comparison"), word("Mức giống", "Level"), "m", "u", word("bit", "bits"), word("tổng", "sum")},
		Foot: word("m: tần suất của mức này ở các cặp cùng một người; u: ở các cặp khác người. Bit dương ủng hộ, bit âm chống. Bản chụp ",
			"m: how often this level is seen in pairs of one person; u: in pairs of two. Bits above 0 speak for one person, below 0 against. Snapshot ") + e.Snapshot + "."}
	for _, r := range e.explanation.Rows {
		chances := []string{"", ""}
		if r.M != 0 && r.U != 0 {
			chances = []string{decimal(r.M, 4, lang), decimal(r.U, 6, lang)}
		}
		page.Evidence = append(page.Evidence, []string{r.Caption, r.Reading, chances[0], chances[1], decimal(r.Bits, 2, lang), decimal(r.Total, 2, lang)})
	}
	return pairTemplate.Execute(out, page)
}

func (e *explained) probabilityWords(lang string) string {
	said := strings.Split(model.Words(&e.explanation, lang), ". ")
	return said[len(said)-1]
}

// pageFields are the fields of which either form has a value, masked.
func (e *explained) pageFields(m mask, lang string) (rows []pairField) {
	s := e.schema
	for f := range s.Fields {
		a, b := shortValue(s, record.Field(f), e.forms[0].Values), shortValue(s, record.Field(f), e.forms[1].Values)
		if record.Field(f) == s.Key || a == "" && b == "" {
			continue
		}
		kind := s.Fields[f].Kind
		row := pairField{Caption: fieldCaption(s, record.Field(f), lang), Values: []string{m.value(kind, a), m.value(kind, b)}}
		if a != "" && b != "" && a != b && !s.Fields[f].Sheet {
			row.Differs = choose([2]string{"khác", "differ"}, lang)
		}
		rows = append(rows, row)
	}
	return rows
}

var pairTemplate = template.Must(template.New("pair").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.Title}}</title>
<style>
:root{--ink:#1b1b1b;--soft:#555;--paper:#fff;--line:#d4d4d4;--mark:#fff3d6}
@media (prefers-color-scheme:dark){:root{--ink:#ececec;--soft:#b4b4b4;--paper:#16181c;--line:#3a3d42;--mark:#453712}}
body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:62rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 .5rem}
.verdict{font-size:1.15rem;font-weight:600;margin:.25rem 0}
figure{margin:1.5rem 0}svg{width:100%;height:auto;display:block}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{padding:.35rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tr.differs td,tr.differs th{background:var(--mark)}
.note{color:var(--soft);font-size:.9rem}th[scope=row]{font-weight:500;min-width:9rem}td.d{white-space:nowrap}
@media print{body{max-width:none}}
</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p class="verdict">{{.Verdict}}</p>
{{range .Story}}<p>{{.}}</p>
{{end}}<figure>
{{.Picture}}</figure>
<h2 id="forms">{{.FormsCaption}}</h2>
<div class="wide" role="region" aria-labelledby="forms" tabindex="0"><table aria-labelledby="forms">
<thead><tr><td></td>{{range .Forms}}<th scope="col">{{.}}</th>{{end}}<td></td></tr></thead>
<tbody>
{{range .Fields}}<tr{{if .Differs}} class="differs"{{end}}><th scope="row">{{.Caption}}</th>{{range .Values}}<td>{{.}}</td>{{end}}<td class="d">{{with .Differs}}≠ {{.}}{{end}}</td></tr>
{{end}}</tbody></table></div>
<h2 id="evidence">{{.EvidenceCaption}}</h2>
<div class="wide" role="region" aria-labelledby="evidence" tabindex="0"><table aria-labelledby="evidence">
<thead><tr>{{range $i, $h := .Head}}<th scope="col"{{if ge $i 2}} class="n"{{end}}>{{$h}}</th>{{end}}</tr></thead>
<tbody>
{{range .Evidence}}<tr>{{range $i, $v := .}}{{if eq $i 0}}<th scope="row">{{$v}}</th>{{else}}<td{{if ge $i 2}} class="n"{{end}}>{{$v}}</td>{{end}}{{end}}</tr>
{{end}}</tbody></table></div>
<p class="note">{{.Foot}}</p>
</main>
</body>
</html>
`))
