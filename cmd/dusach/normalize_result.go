package main

import (
	"fmt"
	"strings"

	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/units"
)

type textResult struct {
	baseResult
	Encoding string `json:"encoding"`
	Folded   string `json:"folded"`
}

func (r *textResult) facts() []fact {
	encoding := r.Encoding
	if encoding == normalize.UTF8.String() {
		encoding = ""
	}
	return []fact{{[2]string{"bảng mã", "encoding"}, encoding}, {[2]string{"không dấu", "folded"}, r.Folded}}
}

type nameResult struct {
	baseResult
	FullName   string `json:"full_name"`
	Surname    string `json:"surname"`
	Middle     string `json:"middle"`
	Given      string `json:"given"`
	GenderHint string `json:"gender_hint"`    // M, F or nothing: told by a word of the name
	Female     int    `json:"female_percent"` // chance that the bearer is a woman
	Folded     string `json:"folded"`
	OtherName  string `json:"other_name"`
	Suggested  string `json:"suggested"` // what was likely meant where that differs; nothing applies it
	Dead       bool   `json:"deceased"`
}

func (r *nameResult) facts() []fact {
	gender := map[string]string{"M": "Nam", "F": "Nữ"}[r.GenderHint]
	if gender == "" && r.Value != "" && r.Female != 50 {
		gender = fmt.Sprintf("? (%d%% Nữ)", r.Female)
	}
	return []fact{
		{[2]string{"họ", "surname"}, r.Surname}, {[2]string{"chữ đệm", "middle"}, r.Middle}, {[2]string{"tên", "given"}, r.Given},
		{[2]string{"giới tính", "gender"}, gender}, {[2]string{"tên khác", "other name"}, r.OtherName},
		{[2]string{"có thể là", "perhaps"}, r.Suggested},
	}
}

type addressResult struct {
	baseResult
	OldCode       string   `json:"old_code"`
	NewCode       string   `json:"new_code"`
	NewCandidates []string `json:"new_candidates"`
	Rest          string   `json:"rest"`
	Confidence    float64  `json:"confidence"`
	HouseNo       string   `json:"house_no"`
	Street        string   `json:"street"`
	Hamlet        string   `json:"hamlet"`
	OldUnit       string   `json:"old_unit"`
	NewUnit       string   `json:"new_unit"`
	NewProvince   string   `json:"new_province"`
	District      string   `json:"district"` // the district that is known where no commune is

	candidates []units.New
}

func (r *addressResult) facts() []fact {
	var others []string
	for _, u := range r.candidates {
		if u.Code() != r.NewCode {
			others = append(others, u.Code()+" "+newUnit(u))
		}
	}
	sure := ""
	if r.Confidence > 0 {
		sure = fmt.Sprintf("%.0f %%", 100*r.Confidence)
	}
	return []fact{
		{[2]string{"đến 30/6/2025", "to 2025-06-30"}, strings.TrimSpace(r.OldCode + " " + r.OldUnit)},
		{[2]string{"từ 1/7/2025", "from 2025-07-01"}, strings.TrimSpace(r.NewCode + " " + r.NewUnit)},
		{[2]string{"huyện, quận", "district"}, r.District}, {[2]string{"hoặc", "or"}, strings.Join(others, "; ")},
		{[2]string{"số nhà", "house"}, r.HouseNo}, {[2]string{"đường", "street"}, r.Street}, {[2]string{"thôn, ấp, tổ", "hamlet"}, r.Hamlet},
		{[2]string{"phần còn lại", "rest"}, r.Rest}, {[2]string{"chắc chắn", "sure"}, sure},
	}
}

type dateResult struct {
	baseResult
	Date string `json:"date"` // ISO, as far as it is known
}

func (r *dateResult) facts() []fact { return nil }

type idResult struct {
	baseResult
	Kind      string  `json:"kind"`
	Province  string  `json:"province"` // code to 2025-06-30
	Sex       string  `json:"sex"`      // M, F or nothing
	BirthYear *uint16 `json:"birth_year"`
	Second    string  `json:"second"` // the other number of a cell that holds two

	place string
}

func (r *idResult) facts() []fact {
	year := ""
	if r.BirthYear != nil {
		year = fmt.Sprint(*r.BirthYear)
	}
	kind := map[string]string{"cccd": "CCCD", "cmnd": "CMND", "passport": "passport", "bhxh": "BHXH", "bhyt": "BHYT", "unknown": "?"}[r.Kind]
	return []fact{
		{[2]string{"loại", "kind"}, kind},
		{[2]string{"nơi ĐKKS", "registered in"}, strings.TrimSpace(r.Province + " " + r.place)},
		{[2]string{"giới tính", "sex"}, map[string]string{"M": "Nam", "F": "Nữ"}[r.Sex]}, {[2]string{"năm sinh", "birth year"}, year},
		{[2]string{"số thứ hai", "second number"}, r.Second},
	}
}

type phoneResult struct{ baseResult }

func (r *phoneResult) facts() []fact { return nil }

// letterOf is a gender as one letter.
func letterOf(g normalize.Gender) string { return [...]string{"", "M", "F"}[g] }

// oldUnit names a commune to 2025-06-30 with its district and province.
func oldUnit(o units.Old) string {
	if o == 0 {
		return ""
	}
	d := o.District()
	name := strings.TrimSpace(o.Kind().String() + " " + o.Name())
	if o.Code()[0] != 'D' { // an island district is its own commune
		name += ", " + districtName(d)
	}
	return name + ", " + units.ProvinceName63(o.Province())
}

// districtName names a district of the edition to 2025-06-30, "" for 0.
func districtName(code uint16) string {
	return strings.TrimSpace(units.DistrictKind(code).String() + " " + units.DistrictName(code))
}

// newUnit names a commune from 2025-07-01 with its province.
func newUnit(n units.New) string {
	if n == 0 {
		return ""
	}
	return n.KindOn(units.KindsFrom).String() + " " + n.Name() + ", " + units.ProvinceName34(n.Province())
}
