package merge

import (
	"strings"

	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// The codes that a citizen bears as flags speak of the person: what is missing,
// doubtful or outdated in the golden record. Codes on how one form was written
// (encodings, spacing, digits restored), on the form itself (FORM_, TEXT_,
// EVENT_, COLLECTED_) and on copies (DUP_EXACT, DUP_SAME_ID, DUP_PROBABLE)
// stay with the form.
var (
	nameCodes = reason.Of(reason.NameOneWord, reason.NameInvalidSyllable, reason.NameNoDiacritics,
		reason.NameSuggest, reason.NameForeign)
	birthCodes = reason.Of(reason.DOBMissing, reason.DOBPartial, reason.DOBInvalid, reason.DOBFuture, reason.DOBTooOld,
		reason.DOBDaymonthSwap, reason.DOBDefault0101)
	genderCodes = reason.Of(reason.GenderMissing, reason.GenderInvalid, reason.GenderNameConflict)
	numberCodes = reason.Of(reason.IDMissing, reason.IDFormat, reason.IDScientific, reason.IDFiller,
		reason.IDProvinceCode, reason.IDGenderMismatch, reason.IDYearMismatch, reason.IDProvinceMismatch, reason.IDOldFormat,
		reason.IDDuplicateDifferentPerson)
	phoneCodes   = reason.Of(reason.PhoneFormat)
	addressCodes = reason.Of(reason.AddrUnknownProvince, reason.AddrUnknownCommune, reason.AddrObsoleteUnit,
		reason.AddrSplitAmbiguous, reason.AddrLevelConflict)
	headCodes = reason.Of(reason.RelHeadMissing)

	otherCodes = reason.Of(reason.RelParentAge, reason.RelSpouseSelf, reason.StatusMoved, reason.DupReview, reason.DupTwinSuspect)

	statusCodes = []reason.Code{reason.StatusDead, reason.StatusRenounced, reason.StatusEmigrated}

	personCodes = func() reason.Set {
		s := otherCodes
		for _, t := range []reason.Set{nameCodes, birthCodes, genderCodes, numberCodes, phoneCodes, addressCodes, headCodes} {
			s = s.Union(t)
		}
		for c := range reason.NumCodes {
			if strings.HasPrefix(c.String(), "MISSING_") {
				s.Add(c)
			}
		}
		return s
	}()
)

// codesOf returns the codes that speak of a field.
func codesOf(s *record.Schema, f record.Field) (set reason.Set) {
	switch {
	case f == s.Name1:
		set = nameCodes
	case f == s.Birth:
		set = birthCodes
	case f == s.Sex:
		set = genderCodes
	case f == s.Number:
		set = numberCodes
	case f == s.Residence:
		set = addressCodes
	case s.Fields[f].Kind == record.KindPhone:
		set = phoneCodes
	case s.Fields[f].Name == "head_name":
		set = headCodes
	}
	if c, ok := reason.Parse("MISSING_" + strings.ToUpper(s.Fields[f].Name)); ok {
		set.Add(c)
	}
	return set
}

// statusOf returns the status that the codes of a form tell, and the flag that
// goes with it. Death outweighs a nationality given up, and that a departure.
func statusOf(codes reason.Set) (status string, flag reason.Set) {
	switch {
	case codes.Has(reason.StatusDead):
		return record.StatusDead, reason.Of(reason.StatusDead)
	case codes.Has(reason.StatusRenounced):
		return record.StatusRenounced, reason.Of(reason.StatusRenounced)
	case codes.Has(reason.StatusEmigrated):
		return record.StatusEmigrated, reason.Of(reason.StatusEmigrated)
	}
	return record.StatusActive, reason.Set{}
}

// status is that of a citizen. Nobody returns from death or takes back a
// nationality by a plain form, but who went abroad and is collected again on a
// later day is here.
func (f *forms) status() (status string, flag reason.Set) {
	codes := f.union(reason.Of(statusCodes...))
	var gone, here uint32
	for i := range f.form {
		if f.form[i].event == death {
			codes.Add(reason.StatusDead)
		}
		if f.rows.Codes[f.lo+i].Has(reason.StatusEmigrated) {
			gone = max(gone, f.form[i].collected)
		} else {
			here = max(here, f.form[i].collected)
		}
	}
	if here > gone {
		codes.Remove(reason.StatusEmigrated)
	}
	return statusOf(codes)
}

// crossCheck settles the codes that compare fields of the golden record, for
// these may come from different forms: the number against birth year and
// gender, and what is missing only if another field is missing too.
func (f *forms) crossCheck(picks []pick, flags reason.Set) reason.Set {
	has := func(field int) bool { return field >= 0 && picks[field].row >= 0 }
	if has(f.plan.oldNumber) {
		flags.Remove(reason.IDMissing)
	}
	if has(f.plan.headID) {
		flags.Remove(reason.RelHeadMissing)
	}
	if !f.number.ok {
		return flags
	}
	check := func(field int, code reason.Code, agrees func(v []byte) bool) {
		flags.Remove(code)
		if has(field) && !agrees(f.value(int(picks[field].row)-f.lo, int(picks[field].column))) {
			flags.Add(code)
		}
	}
	check(f.plan.birth, reason.IDYearMismatch, func(v []byte) bool { return stamp(v)>>9 == f.number.year })
	check(f.plan.sex, reason.IDGenderMismatch, func(v []byte) bool { return isFemale(v) == f.number.female })
	return flags
}

func intersect(a, b reason.Set) reason.Set { return reason.Set{a[0] & b[0], a[1] & b[1]} }
