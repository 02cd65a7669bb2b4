package normalize

import "testing"

func TestIsVoid(t *testing.T) {
	for _, s := range []string{"", "-", "…", "...", "//", "/", "?", "_ _", "Không", "KHÔNG CÓ", "khong", "k", "ko", "Ko có", "không rõ", "k rõ", "Chưa có",
		"chưa cấp", "CHƯA RÕ", "Chưa", "N/A", "n/a", "NULL", "null", "nil", "none", "x", "xxx", "nt", "Như trên", "(không)", "Không có số"} {
		if !IsVoid([]byte(s)) {
			t.Errorf("%q counts as a value", s)
		}
	}
	for _, s := range []string{"Khổng", "Chúa", "Chùa", "0", "1", "A", "O-", "Hồng", "Trọng", "không 5", "Ko Sơ", "Nam", "xã", "Khơ Mú", "Kinh", "王"} {
		if IsVoid([]byte(s)) {
			t.Errorf("%q counts as no value", s)
		}
	}
}

func TestNamesThing(t *testing.T) {
	for s, want := range map[string]bool{"": false, "Không": false, "12": false, "000000": false, "99999": false, "1024": true, "HK 03-4471": true, "số 8": false} {
		if got := NamesThing([]byte(s)); got != want {
			t.Errorf("NamesThing(%q) = %v", s, got)
		}
	}
}

func TestNamesOfTheDeadAreNone(t *testing.T) {
	var n Name
	for _, s := range []string{"Đã chết", "ĐÃ MẤT", "Không rõ", "Liệt sĩ", "liệt sỹ", "Hy sinh", "đã chết năm 1968", "-", "…", "Chưa có chồng", "(đã mất)", "mất 1985"} {
		n.Parse([]byte(s), nil)
		if len(n.Written) > 0 || !n.Key.Empty() {
			t.Errorf("%q is read as the name %q", s, n.Written)
		}
	}
	for _, s := range []string{"Lê Văn Mật", "Nguyễn Thị Mất", "Khổng Tú Quyên"} {
		n.Parse([]byte(s), nil)
		if string(n.Written) != s {
			t.Errorf("%q is read as %q", s, n.Written)
		}
	}
}
