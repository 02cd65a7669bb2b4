package pipeline

// SetRowsPerPart makes parts of tables smaller, so that a small corpus has many.
func SetRowsPerPart(n int) { rowsPerPart = n }
