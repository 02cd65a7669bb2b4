package intake

import "os"

func (r *run) readWorkbook(f *os.File, size int64) error { return nil }
