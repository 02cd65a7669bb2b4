package normalize

import "testing"

func TestParseEvent(t *testing.T) {
	for _, c := range [][2]string{
		{"death", "death"}, {"DEATH", "death"}, {"Chết", "death"}, {"khai tu", "death"}, {"Đã mất", "death"},
		{"Chuyển đi", "move"}, {"CHUYEN DEN", "move"}, {"cấp CCCD", "id_issued"}, {"id_issued", "id_issued"}, {"Cấp đổi căn cước", "id_issued"},
		{"Thay đổi họ, chữ đệm, tên", "name_change"}, {"Cải chính hộ tịch", "correct"}, {"correct", "correct"}, {"khai sinh", "birth"},
		{"", ""}, {"kết hôn", ""}, {"xyz", ""}, {"chết đi sống lại nhiều lần trong một đời người dài", ""},
	} {
		if got := parseEvent(c[0]); got != c[1] {
			t.Errorf("%q is read as %q, want %q", c[0], got, c[1])
		}
	}
	for i := range eventWords {
		for _, w := range eventWords[i].words {
			if got := parseEvent(w); got != eventWords[i].event {
				t.Errorf("%q is read as %q, want %q", w, got, eventWords[i].event)
			}
		}
	}
}

// parseEvent returns the word, after a look at the number.
func parseEvent(raw string) string {
	event, text := ParseEvent([]byte(raw))
	if event == NoEvent {
		return ""
	}
	return eventWords[event-1].event[:len(text)]
}
