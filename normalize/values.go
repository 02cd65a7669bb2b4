package normalize

// ParseEthnicity returns the code 1…54 of a people (0 unknown; 55 is a
// foreigner) and its official name; text that is not known is kept as written.
func ParseEthnicity(raw []byte) (code uint8, text []byte) { return 0, raw }

// ParseReligion is like ParseEthnicity; 99 is "Không".
func ParseReligion(raw []byte) (code uint8, text []byte) { return 0, raw }

// ParseMarital returns 1 single, 2 married, 3 divorced or widowed, 0 unknown.
func ParseMarital(raw []byte) (code uint8, text []byte) { return 0, raw }

// ParseBlood returns 1 A, 2 B, 3 AB, 4 O, 0 unknown.
func ParseBlood(raw []byte) (code uint8, text []byte) { return 0, raw }

// ParseNationality returns 1 for Việt Nam, 0 unknown or another country.
func ParseNationality(raw []byte) (code uint8, text []byte) { return 0, raw }

// ParseRelation returns the number of a relation to the head of household.
func ParseRelation(raw []byte) (code uint8, text []byte) { return 0, raw }
