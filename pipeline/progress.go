package pipeline

// Progress hears how a run goes on. Its methods are called by several
// goroutines at once.
type Progress interface {
	// Stage says how many of all units of a stage are done; all is 0 where
	// nobody knows.
	Stage(name string, done, all int64)
	// Warn passes on what went wrong without ending the run.
	Warn(err error)
}

// Quiet is a Progress that nobody watches.
type Quiet struct{}

// Stage does nothing.
func (Quiet) Stage(string, int64, int64) {}

// Warn does nothing: the summary holds every warning too.
func (Quiet) Warn(error) {}
