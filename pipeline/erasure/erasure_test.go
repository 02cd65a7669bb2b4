package erasure

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func keyIn(t *testing.T, mode os.FileMode, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), KeyName)
	if err := os.WriteFile(file, content, mode); err != nil {
		t.Fatal(err)
	}
	return file
}

// A key is read from a file that is its owner's alone, and from no other.
func TestReadKey(t *testing.T) {
	k := NewKey()
	got, err := ReadKey(keyIn(t, 0o600, k.Text()))
	if err != nil || got.ID() != k.ID() || !bytes.Equal(got.secret, k.secret) {
		t.Fatalf("a key read back: %v", err)
	}
	if NewKey().ID() == k.ID() {
		t.Error("two keys have one id")
	}
	if strings.Contains(string(k.Text()), k.ID()) {
		t.Error("the id of a key is a part of it")
	}
	for what, c := range map[string]struct {
		file, want string
	}{
		"absent":           {filepath.Join(t.TempDir(), "none"), "bring the file back"},
		"open to others":   {keyIn(t, 0o644, k.Text()), "chmod 600"},
		"too short":        {keyIn(t, 0o600, k.Text()[:40]), "64 hexadecimal digits"},
		"no hexadecimal":   {keyIn(t, 0o600, bytes.Repeat([]byte("x"), 64)), "64 hexadecimal digits"},
		"empty":            {keyIn(t, 0o600, nil), "64 hexadecimal digits"},
		"a second line":    {keyIn(t, 0o600, append(k.Text(), k.Text()...)), "64 hexadecimal digits"},
		"a byte more":      {keyIn(t, 0o600, append([]byte("00"), k.Text()...)), "64 hexadecimal digits"},
		"read by a group":  {keyIn(t, 0o640, k.Text()), "chmod 600"},
		"written by group": {func() string { f := keyIn(t, 0o600, k.Text()); _ = os.Chmod(f, 0o620); return f }(), "chmod 600"},
	} {
		if _, err := ReadKey(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", what, err, c.want)
		} else if what == "absent" && !errors.Is(err, ErrNoKey) {
			t.Errorf("%s: %v is not ErrNoKey", what, err)
		}
	}
}

// A form is known again by its id and content together, a refusal by its bytes,
// and an id by itself where that was asked for.
func TestSeeker(t *testing.T) {
	set := New(NewKey())
	s := set.Seeker()
	c1, c2 := [16]byte{1}, [16]byte{2}
	s.AddForm([]byte("F1"), c1)
	s.AddRefusal([]byte("raw row"))
	for _, c := range []struct {
		what string
		got  bool
		want bool
	}{
		{"the form", s.HasForm([]byte("F1"), c1), true},
		{"its id with other content", s.HasForm([]byte("F1"), c2), false},
		{"its content under another id", s.HasForm([]byte("F2"), c1), false},
		{"an id that runs into the content", s.HasForm([]byte("F1\x01"), [16]byte{}), false},
		{"the row", s.HasRefusal([]byte("F9"), []byte("raw row")), true},
		{"another row", s.HasRefusal([]byte("F1"), []byte("raw row ")), false},
		{"the row as an id", s.HasForm([]byte("raw row"), c1), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.what, c.got)
		}
	}
	s.AddID([]byte("F2"))
	if !s.HasForm([]byte("F2"), c2) || !s.HasRefusal([]byte(" F2 "), []byte("x")) || s.HasForm([]byte(""), c2) {
		t.Error("an id that is erased whole is not obeyed")
	}
}

// A set comes back from its file whatever the order in which it was filled, is
// read under no other key, and gives nothing away.
func TestReadSet(t *testing.T) {
	k := NewKey()
	a, b := New(k), New(k)
	for i := range byte(20) {
		a.Seeker().AddForm([]byte{'F', i}, [16]byte{i})
		b.Seeker().AddForm([]byte{'F', 19 - i}, [16]byte{19 - i})
	}
	a.Seeker().AddRefusal([]byte("secret row"))
	b.Seeker().AddRefusal([]byte("secret row"))
	data := a.Encode()
	if !bytes.Equal(data, b.Encode()) {
		t.Error("the order in which tombstones are set can be seen")
	}
	back, err := Read(data, k)
	if err != nil || back.Len() != 21 || !bytes.Equal(back.Encode(), data) || !back.Seeker().HasForm([]byte{'F', 7}, [16]byte{7}) {
		t.Fatalf("read back: %v", err)
	}
	if bytes.Contains(data, []byte("secret")) || bytes.Contains(data, k.Text()[:64]) {
		t.Error("the file tells what was erased, or the key")
	}
	if _, err := Read(data, NewKey()); err == nil || !strings.Contains(err.Error(), "another key") {
		t.Errorf("under another key: %v", err)
	}
	list, err := Listed(data)
	if err != nil || len(list) != 21 || list[0][0] != 'f' || list[20][0] != 'q' {
		t.Errorf("listed: %q, %v", list, err)
	}
	back.Seeker().AddID([]byte("F1"))
	if fresh := back.Since(list); len(fresh) != 1 || fresh[0][0] != 'i' {
		t.Errorf("one more: %q", fresh)
	}
	for what, bad := range map[string]string{
		"no JSON":      "{",
		"a newer file": strings.Replace(string(data), `"version": 1`, `"version": 2`, 1),
		"a short one":  strings.Replace(string(data), list[0][1:], list[0][3:], 1),
		"no number":    strings.Replace(string(data), list[0][1:], strings.Repeat("z", 32), 1),
	} {
		if _, err := Read([]byte(bad), k); err == nil {
			t.Errorf("%s was read", what)
		}
	}
}

func TestSeekerAllocatesNothing(t *testing.T) {
	set := New(NewKey())
	s := set.Seeker()
	s.AddForm([]byte("F1"), [16]byte{1})
	s.AddID([]byte("F2"))
	id := []byte("a-form-id")
	if n := testing.AllocsPerRun(100, func() { s.HasForm(id, [16]byte{3}) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
