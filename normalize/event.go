package normalize

// LifeEvent is the kind of event that a form may report.
type LifeEvent uint8

// The events, in the order of eventWords.
const (
	NoEvent LifeEvent = iota
	EventBirth
	EventDeath
	EventMove
	EventIDIssued
	EventNameChange
	EventCorrect
)

// eventWords are the life events that a form may report and how offices write
// them: the words of the civil status law (60/2014/QH13), the residence law
// (68/2020/QH14) and the identity law (26/2023/QH15), and everyday ones.
var eventWords = []struct {
	event string
	words []string
}{
	{"birth", []string{"sinh", "mới sinh", "khai sinh", "đăng ký khai sinh", "ĐKKS", "trẻ mới sinh"}},
	{"death", []string{"chết", "đã chết", "tử vong", "qua đời", "mất", "đã mất", "từ trần", "hy sinh", "khai tử", "đăng ký khai tử",
		"xóa đăng ký thường trú do chết", "báo tử"}},
	{"move", []string{"chuyển đi", "chuyển đến", "chuyển nơi ở", "chuyển hộ khẩu", "chuyển khẩu", "nhập khẩu", "nhập hộ khẩu", "chuyển cư trú",
		"thay đổi nơi cư trú", "thay đổi nơi ở", "thay đổi chỗ ở", "thay đổi địa chỉ", "đăng ký thường trú", "thường trú mới", "di chuyển"}},
	{"id_issued", []string{"cấp CCCD", "cấp thẻ CCCD", "cấp căn cước", "cấp thẻ căn cước", "cấp căn cước công dân", "cấp số định danh",
		"cấp mới CCCD", "cấp mới căn cước", "cấp đổi CCCD", "cấp lại CCCD", "cấp đổi căn cước", "cấp lại căn cước", "cấp CMND", "cấp đổi CMND",
		"đổi CMND sang CCCD", "làm CCCD", "làm căn cước"}},
	{"name_change", []string{"đổi tên", "thay đổi tên", "thay đổi họ tên", "đổi họ tên", "thay đổi họ, tên", "thay đổi họ, chữ đệm, tên",
		"thay đổi họ và tên", "đổi họ", "thay đổi họ"}},
	{"correct", []string{"cải chính", "cải chính hộ tịch", "đính chính", "sửa sai", "sửa thông tin", "điều chỉnh", "điều chỉnh thông tin",
		"bổ sung", "bổ sung thông tin", "bổ sung hộ tịch", "cập nhật thông tin", "thay đổi thông tin"}},
}

var eventTable = func() *aliasTable {
	t := newAliasTable(100)
	for i := range eventWords {
		v := t.value(uint8(i+1), eventWords[i].event)
		for _, w := range eventWords[i].words {
			t.alias(w, v)
		}
	}
	return t
}()

// ParseEvent reads the kind of a life event: birth, death, move, id_issued,
// name_change or correct, and the word itself; nil if it is none that is known.
func ParseEvent(raw []byte) (LifeEvent, []byte) {
	if v := eventTable.find(raw); v != nil {
		return LifeEvent(v.code), v.text
	}
	return NoEvent, nil
}
