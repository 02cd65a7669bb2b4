package evaluate

// Person returns a number that stands for the person of a form, and whether
// the truth knows the form. Forms of one person have one number.
func (t *Truth) Person(form []byte) (person uint64, ok bool) {
	e := t.find(form)
	if e == nil {
		return 0, false
	}
	return e.person, true
}
