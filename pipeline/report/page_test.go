package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

var pages = flag.String("pages", "", "folder to write the sample pages to, to look at them")

func write(t testing.TB, s *record.Scorecard, lang string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, s, lang); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func samples(t testing.TB) map[string]*record.Scorecard {
	return map[string]*record.Scorecard{"nation": inventedNation(t), "three": threeForms(t), "empty": nobody(t)}
}

func TestPages(t *testing.T) {
	for name, s := range samples(t) {
		for _, lang := range []string{"vi", "en"} {
			b := write(t, s, lang)
			if *pages != "" {
				if err := os.WriteFile(filepath.Join(*pages, name+"."+lang+".html"), b, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			t.Run(name+"/"+lang, func(t *testing.T) {
				if len(b) > 3<<20 {
					t.Errorf("%d bytes, more than 3 MB", len(b))
				}
				checkPage(t, b)
				if again := write(t, s, lang); !bytes.Equal(again, b) {
					t.Error("the same scorecard gave another page")
				}
			})
		}
	}
}

// checkPage holds a page to what every page promises: well formed, ids once and
// all links inside, nothing from elsewhere, tables and drawings named.
func checkPage(t *testing.T, b []byte) {
	if m := regexp.MustCompile(`%!|ZgotmplZ|<no value>|NaN|\+Inf`).Find(b); m != nil {
		t.Errorf("the page holds %q", m)
	}
	ids, links := map[string]int{}, map[string]bool{}
	walk(t, b, func(tag string, attr map[string]string) {
		switch tag {
		case "script", "link", "iframe", "object", "embed", "img", "base":
			t.Errorf("element %s", tag)
		case "svg":
			if attr["role"] != "img" && attr["aria-hidden"] != "true" {
				t.Error("a drawing without a name")
			}
		case "th":
			if attr["scope"] == "" {
				t.Error("a heading cell without a scope")
			}
		}
		for name, value := range attr {
			switch {
			case name == "id":
				ids[value]++
			case name == "href":
				links[value] = true
			case name == "style", strings.HasPrefix(name, "on"), name == "src":
				t.Errorf("attribute %s=%q on %s", name, value, tag)
			}
		}
	})
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q stands %d times", id, n)
		}
	}
	for link := range links {
		if target, inside := strings.CutPrefix(link, "#"); !inside || ids[target] == 0 {
			t.Errorf("a link to %q", link)
		}
	}
	if bytes.Contains(b, []byte("@import")) || regexp.MustCompile(`url\(`).Match(b) {
		t.Error("the style sheet fetches something")
	}
}

// walk reads a page token by token and fails where tags do not close in order.
func walk(t *testing.T, b []byte, visit func(tag string, attr map[string]string)) {
	void := map[string]bool{"meta": true, "br": true}
	var open []string
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("not closed: %v", open)
			}
			return
		case html.StartTagToken:
			tok := z.Token()
			visit(tok.Data, attributesOf(tok))
			if !void[tok.Data] {
				open = append(open, tok.Data)
			}
		case html.SelfClosingTagToken:
			tok := z.Token()
			visit(tok.Data, attributesOf(tok))
		case html.EndTagToken:
			tag := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != tag {
				t.Fatalf("</%s> closes %v", tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func attributesOf(tok html.Token) map[string]string {
	out := map[string]string{}
	for _, a := range tok.Attr {
		out[a.Key] = a.Val
	}
	return out
}

// What came from outside is text, whatever it holds.
func TestHostileTextIsText(t *testing.T) {
	s := threeForms(t)
	const evil = `"><script>alert(1)</script><img src=x onerror=y>`
	s.Offices[0].Code, s.Snapshot, s.Software, s.Epoch.Model, s.Epoch.SizeClass = evil, evil, evil, evil, evil
	s.Sources = append(s.Sources, record.SourceCount{Name: evil})
	s.Pairs.Rules[0].Name, s.Provinces[0].Name, s.Provinces[0].Communes[0].Name, s.Fields[0].Name = evil, evil, evil, evil
	s.Provinces[0].Code = evil
	s.Nation.Codes[evil], s.Provinces[0].Codes[evil] = 5, 5
	s.Quarantine = append(s.Quarantine, record.CodeCount{Code: evil, Forms: 1})
	b := write(t, s, "vi")
	walk(t, b, func(tag string, attr map[string]string) {
		if tag == "script" || tag == "img" || attr["onerror"] != "" {
			t.Errorf("text became the element %s", tag)
		}
	})
	if !bytes.Contains(b, []byte("&lt;script&gt;")) {
		t.Error("the text is gone")
	}
}

// The page of a scorecard that was written and read again is the same.
func TestPageFromTheFile(t *testing.T) {
	for name, s := range samples(t) {
		again, err := record.DecodeScorecard(bytes.NewReader(encode(t, s)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(write(t, again, "vi"), write(t, s, "vi")) {
			t.Errorf("%s: another page from the file", name)
		}
	}
}

func TestScorecardOfAnotherVersion(t *testing.T) {
	s := nobody(t)
	s.Version++
	if _, err := record.DecodeScorecard(bytes.NewReader(encode(t, s))); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("got %v, want an error that names the version", err)
	}
}

// Both languages have every caption, with the same verbs.
func TestBothLanguagesAreComplete(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	var same func(path string, vi, en reflect.Value)
	same = func(path string, vi, en reflect.Value) {
		switch vi.Kind() {
		case reflect.Struct:
			for i := range vi.NumField() {
				same(path+"."+vi.Type().Field(i).Name, vi.Field(i), en.Field(i))
			}
		case reflect.Array:
			for i := range vi.Len() {
				same(path, vi.Index(i), en.Index(i))
			}
		case reflect.String:
			v, e := vi.String(), en.String()
			if strings.TrimSpace(v) == "" || strings.TrimSpace(e) == "" {
				t.Errorf("%s is missing: %q, %q", path, v, e)
			}
			if got, want := verbs.FindAllString(v, -1), verbs.FindAllString(e, -1); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: verbs %v in Vietnamese, %v in English", path, got, want)
			}
		}
	}
	same("words", reflect.ValueOf(vietnamese), reflect.ValueOf(english))
	for c, a := range advices {
		if a.vi == "" || a.en == "" {
			t.Errorf("%s has no advice", reason.Code(c))
		}
	}
	for f, n := range fieldNames {
		if n[0] == "" || n[1] == "" {
			t.Errorf("field %s has no caption", record.FormSchema.Fields[f].Name)
		}
	}
}

func TestNumbers(t *testing.T) {
	vi, en := newPrinter("vi"), newPrinter("en")
	for _, c := range []struct{ got, want string }{
		{vi.count(1234567), "1.234.567"}, {en.count(1234567), "1,234,567"}, {vi.count(0), "0"},
		{vi.percent(record.Share{Count: 987, Of: 1000}), "98,7%"}, {en.percent(record.Share{Count: 987, Of: 1000}), "98.7%"},
		{vi.percent(record.Share{Count: 999_999, Of: 1_000_000}), ">99,9%"}, {vi.percent(record.Share{Count: 1, Of: 1_000_000}), "<0,1%"},
		{vi.percent(record.Share{Count: 5, Of: 5}), "100%"}, {vi.percent(record.Share{Of: 5}), "0%"}, {vi.percent(record.Share{}), "–"},
		{vi.compact(10_000_000), "10 triệu"}, {en.compact(100_000), "100K"}, {vi.compact(1000), "1.000"},
		{vi.bits(-2.5), "−2,5"}, {vi.bits(8), "8"}, {en.bits(2.25), "2.25"}, {vi.date("2026-11-21"), "21/11/2026"}, {en.date("2026-11-21"), "2026-11-21"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestShade(t *testing.T) {
	nation := record.Share{Count: 900, Of: 1000}
	for count, want := range map[uint64]string{900: "", 896: "", 894: "low1", 879: "low2", 840: "low3", 906: "up1", 921: "up2", 960: "up3"} {
		if got := shade(record.Share{Count: count, Of: 1000}, nation); got != want {
			t.Errorf("%d‰ against 900‰: %q, want %q", count, got, want)
		}
	}
	if shade(record.Share{}, nation) != "" || shade(nation, record.Share{}) != "" {
		t.Error("a shade without a share")
	}
}

// Words in a drawing are text, with their marks, so that they can be read
// aloud, searched and copied.
func TestDrawingsKeepTheirWords(t *testing.T) {
	s := inventedNation(t)
	c, err := weightsChart(s, newPrinter("vi"), &vietnamese)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{">cần xem từ 2,25</text>", ">trùng từ 8,5</text>", ">Trọng số (bit)</text>", `class="f-rev"`, "<title ", "<desc "} {
		if !strings.Contains(string(c.Wide), want) || !strings.Contains(string(c.Narrow), want) {
			t.Errorf("the drawing lacks %s", want)
		}
	}
}

func BenchmarkWriteNation(b *testing.B) {
	s := inventedNation(b)
	for b.Loop() {
		b.SetBytes(int64(len(write(b, s, "vi"))))
	}
}

// Communes add up to their province, provinces to the nation and its counts.
func TestPlacesAddUp(t *testing.T) {
	s := inventedNation(t)
	var all record.Measures
	add := func(to *record.Measures, m *record.Measures) {
		to.Forms += m.Forms
		to.Citizens += m.Citizens
		to.Work += m.Work
		to.True.Forms.Count += m.True.Forms.Count
		to.Live.Recent.Of += m.Live.Recent.Of
	}
	same := func(where string, got, want *record.Measures) {
		if got.Forms != want.Forms || got.Citizens != want.Citizens || got.Work != want.Work ||
			got.True.Forms.Count != want.True.Forms.Count || got.Live.Recent.Of != want.Live.Recent.Of {
			t.Errorf("%s: the parts are not the whole", where)
		}
	}
	for i := range s.Provinces {
		p := &s.Provinces[i]
		var sum record.Measures
		for k := range p.Communes {
			add(&sum, &p.Communes[k].Measures)
		}
		same(p.Code, &sum, &p.Measures)
		add(&all, &p.Measures)
	}
	same("nation", &all, &s.Nation)
	c := s.Counts
	if s.Nation.Forms != c.Forms || s.Nation.Citizens != c.Citizens || c.In != c.Forms+c.Refused+c.Repeats+c.Forgotten {
		t.Errorf("the counts do not add up: %+v", c)
	}
}
