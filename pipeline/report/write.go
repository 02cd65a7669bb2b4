package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/dusach/dusach/pipeline/record"
)

//go:embed page.css
var styleSheet string

//go:embed page.html.tmpl
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"inc": func(i int) int { return i + 1 },
}).Parse(pageText))

// Write writes the page of a scorecard, English for "en", else Vietnamese. It
// stands alone: no script, nothing from elsewhere, no clock.
func Write(w io.Writer, s *record.Scorecard, lang string) error {
	p, err := newPage(s, lang)
	if err != nil {
		return err
	}
	if err := pageTemplate.Execute(w, p); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
