package pipeline

import (
	"sync"
	"sync/atomic"
)

// each runs f for 0 ≤ i < n at the same time and returns the first error.
func each(n int, f func(i int) error) error {
	var wg sync.WaitGroup
	var once sync.Once
	var first error
	for i := range n {
		wg.Go(func() {
			if err := f(i); err != nil {
				once.Do(func() { first = err })
			}
		})
	}
	wg.Wait()
	return first
}

// eachBucket runs f for every shelf bucket, some at the same time.
func eachBucket(workers int, f func(b int) error) error {
	var next atomic.Int64
	return each(workers, func(int) error {
		for {
			b := int(next.Add(1)) - 1
			if b >= shelves {
				return nil
			}
			if err := f(b); err != nil {
				next.Store(shelves)
				return err
			}
		}
	})
}
