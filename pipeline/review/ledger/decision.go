package ledger

import (
	"strings"
	"unicode/utf8"

	"github.com/dusach/dusach/pipeline/say"
)

// A Decision is what a person said of two forms: one line of the ledger.
type Decision struct {
	Number int    `json:"n"` // from 1 on, without a gap
	A      string `json:"form_a"`
	B      string `json:"form_b"` // A < B as bytes
	Same   bool   `json:"same"`   // one citizen; else two
	By     string `json:"by,omitempty"`
	At     string `json:"at"` // RFC 3339, UTC
	Why    string `json:"why,omitempty"`
	Sample string `json:"sample,omitempty"` // the sample that the pair was drawn for
	Salt   string `json:"salt,omitempty"`   // random: what was erased cannot be found by trying hashes
	Erased int    `json:"erased,omitempty"` // the audit entry under which all above but the number was erased; 0: it was not
	Before string `json:"before"`           // hash of the line before, "" in the first
	Hash   string `json:"hash"`             // SHA-256 of this line without this member, as it was before it was erased
}

// longest values of a decision, in bytes.
const (
	maxID   = 512
	maxBy   = 100
	maxWhy  = 500
	digits9 = 9 // a run of so many digits is a person's number
)

// Check reports what is no decision, and puts the two forms in order.
func (d *Decision) Check() error {
	d.By, d.Why = strings.TrimSpace(d.By), strings.TrimSpace(d.Why)
	switch {
	case d.A == "" || d.B == "":
		return say.Errorf("thiếu mã phiếu", "a form id is missing")
	case len(d.A) > maxID || len(d.B) > maxID:
		return say.Errorf("mã phiếu dài hơn %d byte", "a form id is longer than %d bytes", maxID)
	case d.A == d.B:
		return say.Errorf("hai mã phiếu giống nhau: cần hai phiếu khác nhau", "twice the same form: name two different ones")
	case !utf8.ValidString(d.A + d.B + d.By + d.Why):
		return say.Errorf("văn bản không phải UTF-8", "the text is not UTF-8")
	case len(d.By) > maxBy:
		return say.Errorf("tên người duyệt dài hơn %d byte", "the reviewer's name is longer than %d bytes", maxBy)
	case len(d.Why) > maxWhy:
		return say.Errorf("lý do dài hơn %d byte: hãy viết ngắn lại", "the reason is longer than %d bytes: make it shorter", maxWhy)
	case longNumber(d.Why) || longNumber(d.By):
		return say.Errorf("lý do hoặc tên người duyệt chứa số dài như số định danh: sổ duyệt không giữ dữ liệu cá nhân, hãy bỏ số đó",
			"the reason or the reviewer's name holds a number as long as an identity number: the ledger keeps no personal data, leave it out")
	}
	if d.A > d.B {
		d.A, d.B = d.B, d.A
	}
	return nil
}

// longNumber reports a run of digits as long as a person's number, spaces, dots
// and dashes within it not counted.
func longNumber(text string) bool {
	run := 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			if run++; run >= digits9 {
				return true
			}
		case c == ' ' || c == '.' || c == '-':
		default:
			run = 0
		}
	}
	return false
}

// Pair names the two forms of a decision.
func (d *Decision) Pair() [2]string { return [2]string{d.A, d.B} }
