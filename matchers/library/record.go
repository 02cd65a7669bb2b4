package library

import (
	"github.com/dusach/dusach/matchers"
	"github.com/dusach/dusach/normalize"
	"github.com/dusach/dusach/normalize/address"
)

// A Person is what the comparisons read of one form. Zero values and nil say
// that the form does not say.
type Person struct {
	Name                   *normalize.NameKey
	OtherName              *normalize.NameKey
	Rarity                 float32 // of the name, in bits (Terms.Rarity); 0 not known
	Birth                  normalize.Date
	IDs                    IDs
	Phone                  uint64
	Gender                 normalize.Gender
	Father, Mother, Spouse *normalize.NameKey
	Home                   Home
	Permanent, Current     *address.Key
	Origins                Origins
	Ethnicity, Religion    uint8
	Blood, Marital         uint8
	Event                  normalize.LifeEvent
}

// Compare judges two persons by all comparisons of the library.
func Compare(a, b *Person, l *matchers.Levels) {
	*l = matchers.Levels{
		AtFullName:  Names(orNone(a.Name), a.OtherName, orNone(b.Name), b.OtherName),
		AtBirthDate: BirthDate(a.Birth, b.Birth),
		AtIdentity:  Identity(a.ids(), b.ids()),
		AtPhone:     Phone(a.Phone, b.Phone),
		AtGender:    Gender(a.Gender, b.Gender),
		AtParents:   Parents(orNone(a.Father), orNone(a.Mother), orNone(b.Father), orNone(b.Mother)),
		AtSpouse:    Spouse(orNone(a.Spouse), orNone(b.Spouse)),
		AtHousehold: Household(a.home(), b.home()),
		AtResidence: Residence(a.Permanent, a.Current, b.Permanent, b.Current),
		AtOrigin:    Origin(a.Origins, b.Origins),
		AtEthnicity: Code(a.Ethnicity, b.Ethnicity),
		AtReligion:  Religion(a.Religion, b.Religion),
		AtBlood:     Code(a.Blood, b.Blood),
		AtMarital:   Code(a.Marital, b.Marital),
		AtEvent:     Event(a.Event, b.Event),
	}
	l[AtSituation] = Situation(l)
	l[AtCircumstance] = Circumstance(l, min(a.Rarity, b.Rarity))
	l[AtChange] = Change(l)
	l[AtRenown] = Renown(l, min(a.Rarity, b.Rarity))
	l[AtBearer] = Bearer(l)
}

// home returns the household with the person's own name.
func (p *Person) home() Home {
	h := p.Home
	h.Own = p.Name
	h.Kin = h.Head != nil && (alike(h.Head, p.Father) || alike(h.Head, p.Mother) || alike(h.Head, p.Spouse))
	return h
}

// alike reports that one form writes two names with the same letters.
func alike(a, b *normalize.NameKey) bool {
	return b != nil && a.N != 0 && a.N == b.N && a.Base == b.Base
}

// ids returns the numbers, held against birth date and sex.
func (p *Person) ids() IDs {
	ids := p.IDs
	home := Home{Own: p.Name, Head: p.Home.Head}
	ids.CCCD = OwnNumber(ids.CCCD, p.Home.HeadID, home.headed())
	if ids.CCCD == 0 && orNone(p.Home.Head).N == 0 {
		ids.Head = p.Home.HeadID
	}
	ids.Doubtful = Contradicts(ids.CCCD, p.Birth, p.Gender)
	return ids
}
