package intake

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/dusach/dusach/pipeline/say"
)

// stored is an input as it is stored; it hashes what passes.
type stored struct {
	file *os.File // nil for a pipe
	src  io.Reader
	hash hash.Hash
	size int64
}

func (s *stored) Read(p []byte) (int, error) {
	n, err := s.src.Read(p)
	s.hash.Write(p[:n])
	s.size += int64(n)
	return n, err
}

// read reads one input. Its error is a FileError, errStopped or that of the
// context.
func (r *run) read(in input) error {
	r.path = in.path
	name := in.path
	if name == "-" {
		name, r.path = "stdin", "standard input"
	}
	r.begin(name)
	if in.err != nil {
		return r.failWhole(nil, in.err)
	}
	s, err := r.openStored(in)
	if err != nil {
		return r.failWhole(nil, err)
	}
	r.stored = s
	if s.file != nil {
		defer s.file.Close()
	}
	if err = r.readStored(s); errors.Is(err, errStopped) {
		return err
	}
	if _, e := io.Copy(io.Discard, s); e != nil && err == nil {
		err = r.fail(0, e)
	}
	f := File{Path: name, Bytes: s.size}
	s.hash.Sum(f.SHA256[:0])
	r.files = append(r.files, f)
	if ctx := r.ctx.Err(); ctx != nil {
		return ctx
	}
	return err
}

func (r *run) openStored(in input) (*stored, error) {
	if in.path == "-" {
		src := r.opt.Stdin
		if src == nil {
			src = os.Stdin
		}
		return &stored{src: src, hash: sha256.New()}, nil
	}
	f, err := os.Open(in.path)
	if errors.Is(err, fs.ErrPermission) {
		return nil, refuse(fs.ErrPermission, say.Words{VI: "hãy cấp quyền đọc", EN: "give the right to read it"})
	}
	if err != nil {
		return nil, refuse(err, say.Words{VI: "hãy kiểm tra đường dẫn", EN: "check the path"})
	}
	return &stored{file: f, src: f, hash: sha256.New()}, nil
}

// readStored undoes the compression of an input and reads what is in it.
func (r *run) readStored(s *stored) error {
	src := bufio.NewReaderSize(s, readSize)
	switch head, _ := src.Peek(8); {
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(src)
		if err != nil {
			return r.failWhole(nil, damaged("gzip", err))
		}
		return r.readContent(bufio.NewReaderSize(packed{z, "gzip"}, readSize), nil)
	case bytes.HasPrefix(head, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		z, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return r.failWhole(nil, damaged("zstd", err))
		}
		defer z.Close()
		return r.readContent(bufio.NewReaderSize(packed{z, "zstd"}, readSize), nil)
	}
	return r.readContent(src, s)
}

// packed gives the errors of a decompressor a meaning.
type packed struct {
	src  io.Reader
	kind string
}

func (p packed) Read(b []byte) (int, error) {
	n, err := p.src.Read(b)
	if err != nil && err != io.EOF {
		err = damaged(p.kind, err)
	}
	return n, err
}

func damaged(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse(say.Errorf("tệp nén %s bị đứt giữa chừng: %w", "the %s file breaks off: %w", kind, err),
			say.Words{VI: "hãy gửi lại trọn vẹn", EN: "send it again in full"})
	}
	return refuse(say.Errorf("tệp nén %s không giải nén được: %w", "the %s file cannot be unpacked: %w", kind, err), sendAgain)
}

// readContent tells the format of an unpacked input by its first bytes and
// reads it. s is the input itself if nothing had to be unpacked.
func (r *run) readContent(src *bufio.Reader, s *stored) error {
	head, err := src.Peek(512)
	if err != nil && err != io.EOF {
		return r.failWhole(head, r.readError(err))
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF}), " \t\r\n")
	isOld := extension(r.path) == ".xls"
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return r.readTable(src, s, r.readWorkbook)
	case bytes.HasPrefix(head, []byte("PAR1")):
		return r.readTable(src, s, r.readParquet)
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}) && !isOld:
		return r.failWhole(nil, refuse(say.Errorf("bảng tính dạng cũ hoặc có mật khẩu", "an old or locked workbook"),
			say.Words{VI: "hãy mở ra, bỏ mật khẩu nếu có, rồi lưu dạng .xlsx", EN: "open it, take off its password if it has one, and save as .xlsx"}))
	case isOld:
		return r.failWhole(nil, refuse(say.Errorf("dạng cũ .xls không đọc được", "the old format .xls is not read"),
			say.Words{VI: "hãy mở ra và lưu dạng .xlsx", EN: "open it and save as .xlsx"}))
	case bytes.HasPrefix(head, []byte{0x1F, 0x8B}), bytes.HasPrefix(head, []byte{0x28, 0xB5, 0x2F, 0xFD}):
		return r.failWhole(nil, refuse(say.Errorf("tệp nén trong tệp nén", "a packed file within a packed file"),
			say.Words{VI: "hãy giải nén một lần", EN: "unpack it once"}))
	case bytes.HasPrefix(text, []byte("[")) && extension(r.path) == ".json":
		return r.failWhole(nil, refuse(say.Errorf("một mảng JSON", "a JSON array"),
			say.Words{VI: "hãy ghi mỗi dòng một đối tượng", EN: "write one object a line instead"}))
	}
	return r.readText(src, bytes.HasPrefix(text, []byte("{")) || isLines(r.path))
}

// isLines reports whether a file is JSON Lines by its name: where its first line
// is damaged, nothing else tells.
func isLines(path string) bool {
	switch extension(path) {
	case ".jsonl", ".ndjson":
		return true
	}
	return false
}

// readError gives the error of an unpacked file a meaning.
func (r *run) readError(err error) error {
	if u := (*unreadable)(nil); errors.As(err, &u) {
		return err
	}
	return refuse(err, say.Words{VI: "hãy kiểm tra ổ đĩa và quyền đọc", EN: "check the disk and the right to read it"})
}

// readTable reads a format that needs its file as a whole: the file itself, or
// a copy in the folder for temporary files.
func (r *run) readTable(src *bufio.Reader, s *stored, read func(f *os.File, size int64) error) error {
	r.whole = true
	if s != nil && s.file != nil {
		if info, err := s.file.Stat(); err == nil && info.Mode().IsRegular() {
			if _, err := io.Copy(io.Discard, src); err != nil { // hashes it
				return r.failWhole(nil, r.readError(err))
			}
			return read(s.file, info.Size())
		}
	}
	f, err := os.CreateTemp(r.opt.TmpDir, "dusach-intake-*")
	if err != nil {
		return say.Errorf("không tạo được tệp tạm (chọn thư mục bằng --tmp): %w", "making a temporary file (choose its folder with --tmp): %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	size, err := io.Copy(f, src)
	if full := (*fs.PathError)(nil); errors.As(err, &full) {
		return say.Errorf("không ghi được tệp tạm (chọn thư mục bằng --tmp): %w", "filling a temporary file (choose its folder with --tmp): %w", err)
	}
	if err != nil {
		return r.failWhole(nil, r.readError(err))
	}
	return read(f, size)
}
