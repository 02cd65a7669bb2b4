package merge

import (
	"context"

	"github.com/dusach/dusach/normalize/address"
	"github.com/dusach/dusach/normalize/reason"
	"github.com/dusach/dusach/pipeline/record"
)

// Config says what the forms themselves do not.
type Config struct {
	// ProvinceOf returns the province (34-edition code) of a commune, of which
	// either code may be empty; 0 if unknown. Nil: by normalize/units.
	ProvinceOf func(newCode, oldCode []byte) uint8
	// Trust ranks form types and office codes, the greater the better; a form
	// has the greater rank of its two. What is not listed has rank 0.
	Trust map[string]int
}

// Stage merges the forms of citizens. A value is used by one goroutine.
type Stage struct {
	cfg     Config
	plan    plan
	forms   forms
	vote    election
	picks   []pick  // of the citizens with several forms, one a field
	multi   []int32 // the citizens with several forms
	parser  address.Parser
	address address.Address
	single  bool // in tests only: elect citizens of one form too
}

// A pick is where a value of a golden record comes from: the first column of a
// field and a row, row -1 for no value.
type pick struct {
	column, row int32
	disputed    bool
}

var nothing = pick{row: -1}

// New returns a stage.
func New(cfg Config) *Stage {
	if cfg.ProvinceOf == nil {
		cfg.ProvinceOf = provinceOf
	}
	return &Stage{cfg: cfg}
}

// Do fills out with one row a citizen of in, in the order of in.
func (s *Stage) Do(ctx context.Context, in *record.Grouped, out *record.CitizenRows) error {
	rows := in.Rows
	out.Reset(rows.Schema)
	if in.Len() == 0 {
		return ctx.Err()
	}
	if s.plan.schema != rows.Schema {
		s.plan = newPlan(rows.Schema)
	}
	s.picks, s.multi = s.picks[:0], s.multi[:0]
	for g := range in.Len() {
		if g&1023 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		lo, hi := int(in.Start[g]), int(in.Start[g+1])
		out.Person.Append(rows.Person.At(lo))
		out.Forms = append(out.Forms, uint32(hi-lo))
		if hi-lo == 1 && !s.single {
			s.copyOne(rows, lo, out)
			continue
		}
		s.multi = append(s.multi, int32(g))
		s.elect(rows, lo, hi, out)
	}
	out.N = in.Len()
	s.copyColumns(in, out)
	s.placeInProvinces(out)
	return nil
}

// copyOne fills what does not come from the columns of a citizen with a single
// form; copyColumns brings the rest.
func (s *Stage) copyOne(rows *record.FormRows, row int, out *record.CitizenRows) {
	codes := rows.Codes[row]
	if s.plan.event >= 0 && eventOf(rows.Clean[s.plan.event].At(row)) == death {
		codes.Add(reason.StatusDead)
	}
	status, flag := statusOf(codes)
	out.Status.AppendString(status)
	flags := intersect(codes, personCodes)
	for _, c := range statusCodes {
		flags.Remove(c)
	}
	out.Flags = append(out.Flags, flags.Union(flag))
	var seen []byte
	if s.plan.collected >= 0 {
		seen = rows.Clean[s.plan.collected].At(row)
	}
	out.FirstSeen.Append(seen)
	out.LastSeen.Append(seen)
	out.Origins.Close()
}

// elect chooses every value of a citizen with several forms.
func (s *Stage) elect(rows *record.FormRows, lo, hi int, out *record.CitizenRows) {
	f := &s.forms
	f.load(&s.plan, rows, lo, hi, s.cfg.Trust)
	base := len(s.picks)
	for range s.plan.fields {
		s.picks = append(s.picks, nothing)
	}
	picks := s.picks[base:]
	flags := f.union(s.plan.unbound)
	for _, i := range s.plan.order {
		p := &s.plan.fields[i]
		picks[i] = s.vote.field(f, p)
		flags = flags.Union(s.vote.carried(f, p, picks[i]))
		switch i {
		case s.plan.home:
			if picks[i].disputed && picks[i].row >= 0 {
				f.home = picks[i].row - int32(lo)
			}
		case s.plan.number:
			f.settleNumber(p, picks[i])
			if s.vote.twoNumbers(f, p, picks[i]) {
				flags.Add(reason.DupReview)
			}
		}
	}
	if i := s.plan.otherName; i >= 0 {
		s.vote.formerName(f, &s.plan, &picks[i])
	}
	flags = f.crossCheck(picks, flags)
	status, flag := f.status()
	out.Status.AppendString(status)
	out.Flags = append(out.Flags, flags.Union(flag))
	first, last := f.seen()
	out.FirstSeen.Append(first)
	out.LastSeen.Append(last)
	for i, p := range picks {
		if p.disputed && p.row >= 0 {
			out.Origins.Add(s.plan.fields[i].field, f.key(int(p.row)-lo))
		}
	}
	out.Origins.Close()
}
