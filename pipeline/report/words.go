package report

// words are all captions of the page in one language. A test holds both
// languages to every field and to the same number of verbs.
type words struct {
	Lang, Title, Eyebrow, NoDate, Skip                         string
	Outcome, OutcomeEmpty, Balance                             string
	In, Citizens, Merged, Reviews, Refused                     string // big figures
	InNote, CitizensNote, MergedNote, ReviewsNote, RefusedNote string

	Contents, ResultTitle, GoalsTitle, GoalsLead string
	Goals                                        [4]goalWords
	StripTitle, StripDesc, AxisPoints, Others    string

	PlacesTitle, PlacesLead, PlacesLeadOne, Legend, LegendBelow, LegendAbove, HalfPoint string
	Code, Province, Forms, MedianShort, Nation, NoProvince, NoCommune                   string
	DetailsTitle, DetailsLead, WorstCommunes, Commune, MoreCommunes                     string
	Work, TopCodes, NoCodes, MoreCodes                                                  string

	QuarantineTitle, QuarantineLead, QuarantineNone, BesideTitle          string
	FindingsTitle, FindingsLead, FindingsNone, InformationTitle           string
	Reason, ReasonOnly, Level, Word, ShareOfForms, ShareOfRefused, Levels string
	LevelNames                                                            [3]string
	SourcesTitle, SourcesLead, Source, Repeats                            string
	OfficesTitle, OfficesLead, Office, Errors                             string
	OfficesOmitted, MoreRows, NoOffice                                    string

	MatchingTitle, MatchingLead, WeightsTitle, WeightsDesc, WeightsNote               string
	AxisWeight, AxisPairs, MarkReview, MarkMatch, NoPairs                             string
	VerdictNames                                                                      [3]string
	RulesTitle, RulesLead, Rule, Pairs, Largest, RecallLost, AllRules, ShareOfMatches string
	ClustersTitle, ClustersLead, FormsEach, ShareOfCitizens, ClusterTo, ClusterOver   string

	FieldsTitle, FieldsLead, Field, Received, CleanFill, CitizenFill, MandatoryNote string

	MethodsTitle, MethodsLead                                                              string
	Measures                                                                               measureWords
	FooterTitle, Snapshot, Software, Normalize, Model, Rules, SizeClass, Thresholds, Today string
	SizeProvince, SizeNation, FooterNote                                                   string

	Thousand, Million, Billion string
}

// goalWords name one of the four words of the data goal.
type goalWords struct{ Name, Question string }

// A measureText is the short label of a measure and its definition.
type measureText struct{ Label, Define string }

// measureWords are the measures of the page, in the order of the definitions.
type measureWords struct {
	True, TrueCitizens, IDGender, IDYear, IDProvince                     measureText
	Items, Complete, Commune, Head                                       measureText
	Settled, Merged, Reviews, Changed, Emptied                           measureText
	Recent, Median, P95, Undated, Abolished, Unplaced, Old, Deaths, Work measureText
	Place, Fill, Recall, Weight                                          measureText
}
