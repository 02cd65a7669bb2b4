package snapshot

import (
	"context"

	"github.com/dusach/dusach/pipeline/say"
)

// Sound reports whether every file of the snapshot is there and as the manifest
// says. Whoever builds on a snapshot asks this first: a damaged bit that Parquet
// does not notice would be published again, under new sums that hold.
func (s *Snapshot) Sound(ctx context.Context) error {
	files := newCheck(CheckFiles)
	for _, f := range s.Manifest.Files {
		if err := s.verifyFile(ctx, f, files); err != nil {
			return err
		}
		if !files.Passed {
			return say.Errorf("bản chụp %s bị hỏng: %s: lấy lại tệp từ bản sao lưu, hoặc chạy `dusach verify` để xem tất cả",
				"snapshot %s is damaged: %s: bring the file back from a backup, or run `dusach verify` to see all", s.Number, files.Example[0])
		}
	}
	return nil
}
