package normalize

import (
	"strings"
	"testing"

	"github.com/dusach/dusach/normalize/reason"
)

func TestLabelsBeforeNumbers(t *testing.T) {
	labels := []string{"", "CCCD: ", "CCCD:", "CCCD ", "cccd", "Số ĐD: ", "Số ĐDCN ", "So DD ", "DD: ", "ĐD ", "CC ", "CC", "ID: ", "ID", "Số: ", "SO ", "S: ",
		"CMND ", "CMND:", "CMT", "CMTND so ", "Số CCCD/CMND: ", "CCCD : "}
	for _, number := range []string{"026303821958", "0263O3821958", "271450638", "27145O638"} {
		misread := strings.Contains(number, "O")
		want := strings.ReplaceAll(number, "O", "0")
		for _, label := range labels {
			if misread && len(label) > 0 && label[len(label)-1] != ' ' && label[len(label)-1] != ':' {
				continue // letters glued to a misread number are beyond telling
			}
			id := ParseID([]byte(label+number), IDContext{})
			if got := string(AppendID(nil, id)); got != want || id.Codes.Has(reason.IDRepaired) != misread {
				t.Errorf("%q is read as %v %q %v", label+number, id.Kind, got, id.Codes.AppendStrings(nil))
			}
		}
	}
}

func TestLettersThatAreDigits(t *testing.T) {
	for _, c := range []struct {
		text string
		kind IDKind
		want string
	}{
		{"O26303821958", CCCD, "026303821958"}, {"CCCD O26303821958", CCCD, "026303821958"}, {"OO6303821958", CCCD, "006303821958"},
		{"L33417206", CMND9, "133417206"}, {"l33417206", CMND9, "133417206"}, {"O47302915", CMND9, "047302915"}, {"CMND: I63402915", CMND9, "163402915"},
		{"B1934567", Passport, "B1934567"}, {"C19345678", Passport, "C19345678"}, {"P01934567", Passport, "P01934567"}, {"N2193456", Passport, "N2193456"},
		{"HC B1934567", Passport, "B1934567"}, {"HS4797912345678", BHYT, "HS4797912345678"}, {"HS 4797912345678", BHYT, "HS4797912345678"},
	} {
		id := ParseID([]byte(c.text), IDContext{})
		if got := string(AppendID(nil, id)); id.Kind != c.kind || got != c.want {
			t.Errorf("%q is read as %v %q", c.text, id.Kind, got)
		}
	}
}
