package report

// goals returns the four words with their measures, for the nation.
func (b pager) goals() [4]goal {
	m, d := &b.s.Nation, &b.w.Measures
	main := goalsOf(m)
	t, e, c, l := &m.True, &m.Enough, &m.Clean, &m.Live
	out := [4]goal{
		{Main: b.measure("true", d.True, ""), Beside: []measure{
			b.measure("true-citizens", d.TrueCitizens, b.percent(t.Citizens)),
			b.measure("id-gender", d.IDGender, b.percent(t.IDGender)),
			b.measure("id-year", d.IDYear, b.percent(t.IDYear)),
			b.measure("id-province", d.IDProvince, b.percent(t.IDProvince)),
		}},
		{Main: b.measure("items", d.Items, ""), Beside: []measure{
			b.measure("complete", d.Complete, b.percent(e.Complete)),
			b.measure("commune", d.Commune, b.percent(e.Commune)),
			b.measure("head", d.Head, b.percent(e.Head)),
		}},
		{Main: b.measure("settled", d.Settled, ""), Beside: []measure{
			b.measure("merged", d.Merged, b.percent(c.Merged)),
			b.measure("reviews", d.Reviews, b.fraction(b.s.Counts.ReviewsPer1000, 1)),
			b.measure("changed", d.Changed, b.percent(c.Changed)),
			b.measure("emptied", d.Emptied, b.percent(c.Emptied)),
		}},
		{Main: b.measure("recent", d.Recent, ""), Beside: []measure{
			b.measure("median", d.Median, b.days(l.MedianDays)),
			b.measure("p95", d.P95, b.days(l.P95Days)),
			b.measure("undated", d.Undated, b.percent(l.Undated)),
			b.measure("abolished", d.Abolished, b.percent(l.Abolished)),
			b.measure("unplaced", d.Unplaced, b.percent(l.Unplaced)),
			b.measure("old", d.Old, b.percent(l.Old)),
			b.measure("deaths", d.Deaths, b.percent(l.Deaths)),
		}},
	}
	for k := range out {
		out[k].goalWords = b.w.Goals[k]
		out[k].Main.Value = b.percent(main[k])
		out[k].Permille = permille(main[k])
	}
	return out
}

func (b pager) measure(id string, t measureText, value string) measure {
	return measure{id, t.Label, t.Define, value}
}

// A definition is one entry of the methods; Goal is the word it belongs to, on
// the first of its measures.
type definition struct{ ID, Goal, Label, Define string }

// definitions returns the methods: every measure in the order of the page.
func definitions(w *words) []definition {
	m := &w.Measures
	g := func(k int) string { return w.Goals[k].Name }
	def := func(id, goal string, t measureText) definition { return definition{id, goal, t.Label, t.Define} }
	return []definition{
		def("true", g(0), m.True), def("true-citizens", "", m.TrueCitizens), def("id-gender", "", m.IDGender),
		def("id-year", "", m.IDYear), def("id-province", "", m.IDProvince),
		def("items", g(1), m.Items), def("complete", "", m.Complete), def("commune", "", m.Commune), def("head", "", m.Head),
		def("settled", g(2), m.Settled), def("merged", "", m.Merged), def("reviews", "", m.Reviews),
		def("changed", "", m.Changed), def("emptied", "", m.Emptied),
		def("recent", g(3), m.Recent), def("median", "", m.Median), def("p95", "", m.P95), def("undated", "", m.Undated),
		def("abolished", "", m.Abolished), def("unplaced", "", m.Unplaced), def("old", "", m.Old), def("deaths", "", m.Deaths),
		def("work", w.Others, m.Work), def("place", "", m.Place), def("fill", "", m.Fill),
		def("recall", "", m.Recall), def("weight", "", m.Weight),
	}
}
