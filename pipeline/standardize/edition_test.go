package standardize_test

import "testing"

// A form that was taken before the reform names units of the old edition, even
// where a new one bears the name; without a day nobody can tell.
func TestEditionOfTheDay(t *testing.T) {
	for collected, want := range map[string]string{"12/03/2021": "26743", "12/03/2026": "", "": ""} {
		got, _, _ := cleanOne(t, map[string]string{"full_name": "Nguyễn Văn Nam", "birth_date": "01/02/1985",
			"collected_at": collected, "permanent_address": "Phường Bến Thành, TP. Hồ Chí Minh"})
		if old := got["permanent_address_old_code"]; old != want {
			t.Errorf("collected %q: old code %q, want %q", collected, old, want)
		}
	}
}
