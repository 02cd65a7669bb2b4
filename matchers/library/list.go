package library

import "github.com/dusach/dusach/matchers"

// Where each comparison of a population form stands in Levels.
const (
	AtFullName = iota
	AtBirthDate
	AtIdentity
	AtPhone
	AtGender
	AtParents
	AtSpouse
	AtHousehold
	AtResidence
	AtOrigin
	AtEthnicity
	AtReligion
	AtBlood
	AtMarital
	AtSituation
	AtCircumstance
	AtEvent
	AtChange
	AtRenown
	AtBearer
	Count
)

// Comparisons returns the comparisons of a population form, in the order of
// their places. The slice is new; the descriptions are shared.
func Comparisons() []matchers.Comparison {
	return []matchers.Comparison{
		AtFullName:     FullNameComparison,
		AtBirthDate:    BirthDateComparison,
		AtIdentity:     IdentityComparison,
		AtPhone:        PhoneComparison,
		AtGender:       GenderComparison,
		AtParents:      ParentsComparison,
		AtSpouse:       SpouseComparison,
		AtHousehold:    HouseholdComparison,
		AtResidence:    ResidenceComparison,
		AtOrigin:       OriginComparison,
		AtEthnicity:    EthnicityComparison,
		AtReligion:     ReligionComparison,
		AtBlood:        BloodComparison,
		AtMarital:      MaritalComparison,
		AtSituation:    SituationComparison,
		AtCircumstance: CircumstanceComparison,
		AtEvent:        EventComparison,
		AtChange:       ChangeComparison,
		AtRenown:       RenownComparison,
		AtBearer:       BearerComparison,
	}
}
