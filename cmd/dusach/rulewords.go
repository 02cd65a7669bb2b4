package main

import (
	"strings"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/record"
)

// partWords say which part of a field a blocking rule looks at.
var partWords = map[string][2]string{
	"given": {"tên", "given name"}, "surname": {"họ", "surname"}, "folded": {"không dấu", "without marks"},
	"words": {"các chữ", "words"}, "but_given": {"họ và đệm", "all but the given name"}, "initials": {"chữ cái đầu", "initials"},
	"year": {"năm", "year"}, "day": {"đủ ngày", "full date"}, "day_month": {"ngày, tháng", "day and month"},
	"commune": {"xã", "commune"}, "province": {"tỉnh", "province"}, "house": {"số nhà", "house"},
	"head9": {"9 số đầu", "first 9 digits"}, "tail6": {"6 số cuối", "last 6 digits"}, "ends": {"số đầu và cuối", "first and last digits"},
	"looks": {"nét chữ gần giống", "as a scan shows it"}, "sounds": {"âm gần giống", "as it sounds"},
	"looks_given": {"tên, nét chữ gần giống", "given name as a scan shows it"}, "near_given": {"tên, sai một chữ", "given name, one slip"},
	"rest": {"đệm và tên", "all but the surname"}, "any_day": {"đủ ngày, kể cả đảo ngày tháng", "full date in either order"},
	"decade": {"thập kỷ", "decade"}, "last_digit": {"số cuối của năm", "last digit of the year"},
	"district": {"huyện", "district"}, "street": {"đường hoặc thôn", "street or hamlet"},
}

// ruleWords says in words by what two forms met: "given(full_name) +
// year(birth_date)" becomes "Họ và tên (tên) + Ngày sinh (năm)". What follows a
// slash only refines keys that are too common.
func ruleWords(rule, lang string) string {
	if rule == pipeline.DecidedRule {
		return choose([2]string{"quyết định của người duyệt", "decision by hand"}, lang)
	}
	rule, _, _ = strings.Cut(rule, " / ")
	atoms := strings.Split(rule, " + ")
	for i, atom := range atoms {
		part, field, ok := strings.Cut(strings.TrimSuffix(atom, ")"), "(")
		if !ok {
			part, field = "", atom
		}
		var names []string
		for name := range strings.SplitSeq(field, "|") {
			if f := record.FormSchema.ByName(strings.TrimSpace(name)); f != record.None {
				names = append(names, choose(fieldCaptions[f], lang))
			}
		}
		if names == nil {
			continue
		}
		atoms[i] = strings.Join(names, " / ")
		if words, ok := partWords[part]; ok {
			atoms[i] += " (" + choose(words, lang) + ")"
		}
	}
	return strings.Join(atoms, " + ")
}

// paragraph writes text in lines of at most width characters, each after indent.
func paragraph(b *strings.Builder, indent, text string, width int) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && cellWidth(line)+1+cellWidth(word) > width {
			b.WriteString(indent + line + "\n")
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	b.WriteString(indent + line + "\n")
}
