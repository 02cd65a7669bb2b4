package pipeline

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"

	"github.com/dusach/dusach/pipeline/say"
	"github.com/dusach/dusach/pipeline/snapshot"
)

// A commission is what decides what a run publishes: a run that was ended half-way
// goes on only under the same one. How many workers, how large batches and how much
// memory there are is no part of it, for the result does not depend on them.
type commission struct {
	Format   int // of the logbook
	Program  string
	Epoch    snapshot.Epoch
	Type     string // hash of the record type, its comparisons and rules
	Options  string // what flags say besides
	Previous string // snapshot, its manifest
	Reviews  string
	Erased   string
	Inputs   []inputMark
}

// logFormat is raised whenever a logbook cannot be read as it could before.
const logFormat = 1

// An inputMark tells whether an input is the one that was read before.
type inputMark struct {
	Path     string
	Bytes    int64
	Modified int64  // nanoseconds
	Sample   string // hash of its beginning, its end and some of what lies between
}

// canGoOn reports whether the inputs can be read again.
func (p *Pipeline) canGoOn(r *run) bool {
	for _, path := range r.reader.Paths() {
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return false
		}
	}
	return p.cfg.Resume
}

// commission returns that of a run.
func (p *Pipeline) commission(r *run, job *Job) (*commission, error) {
	kind := sha256.New()
	if err := p.cfg.WriteYAML(kind); err != nil {
		return nil, err
	}
	in := &p.cfg.Intake
	c := &commission{Format: logFormat, Program: program(job.Version), Epoch: p.epoch(), Type: hex.EncodeToString(kind.Sum(nil)),
		Options:  fmt.Sprint(job.Fresh, job.Today, p.cfg.Learn, p.cfg.LinkOnly, p.cfg.Strict, p.cfg.Epoch, p.cfg.thresholds, in.Declared, in.Encoding, in.Headers),
		Previous: r.draft.Previous}
	if r.before != nil {
		manifest, err := os.ReadFile(filepath.Join(r.before.snapshot.Folder, "manifest.json"))
		if err != nil {
			return nil, err
		}
		c.Previous += " " + hashOf(manifest)
	}
	if r.ledger != nil {
		c.Reviews = fmt.Sprint(len(r.ledger.List), " ", r.ledger.Head())
	}
	if r.erased != nil {
		c.Erased = hashOf(r.erased.Encode())
	}
	for _, path := range r.reader.Paths() {
		m, err := markInput(path)
		if err != nil {
			return nil, err
		}
		c.Inputs = append(c.Inputs, m)
	}
	return c, nil
}

func hashOf(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// program tells one build from another: versions of those who work on dusach do not.
func program(version string) string {
	exe, err := os.Executable()
	if err != nil {
		return version
	}
	info, err := os.Stat(exe)
	if err != nil {
		return version
	}
	return fmt.Sprint(version, " ", info.Size(), " ", info.ModTime().UnixNano())
}

// The samples that are taken of an input.
const (
	inputSamples = 64
	sampleSize   = 4 << 10
)

func markInput(path string) (m inputMark, err error) {
	f, err := os.Open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return m, err
	}
	h, buf := sha256.New(), make([]byte, sampleSize)
	last := max(info.Size()-sampleSize, 0)
	for i := range int64(inputSamples) {
		n, err := f.ReadAt(buf, last/(inputSamples-1)*i+last%(inputSamples-1)*i/(inputSamples-1))
		if err != nil && err != io.EOF {
			return m, err
		}
		h.Write(buf[:n])
		if last == 0 {
			break
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return m, err
	}
	return inputMark{path, info.Size(), info.ModTime().UnixNano(), hex.EncodeToString(h.Sum(nil))}, nil
}

// differs says what of a commission is another than before, "" where nothing is.
func (c *commission) differs(was *commission) string {
	switch {
	case was == nil || was.Format != c.Format || was.Program != c.Program:
		return "program"
	case !reflect.DeepEqual(was.Inputs, c.Inputs):
		return "inputs"
	case was.Previous != c.Previous || was.Reviews != c.Reviews || was.Erased != c.Erased:
		return "store"
	case !reflect.DeepEqual(was, c):
		return "options"
	}
	return ""
}

// beganAnew is the warning that an unfinished run is given up.
func beganAnew(why string) error {
	words := map[string]say.Words{
		"program": {VI: "nó do bản dusach khác bắt đầu", EN: "it was begun by another build of dusach"},
		"inputs":  {VI: "tệp đầu vào đã đổi", EN: "the inputs have changed"},
		"store":   {VI: "kho, quyết định duyệt hoặc danh sách xóa đã đổi", EN: "the store, its reviews or its erased forms have changed"},
		"options": {VI: "mô hình hoặc tùy chọn đã đổi", EN: "the model or the options have changed"},
		"damaged": {VI: "tệp tạm của nó bị hỏng", EN: "its scratch is damaged"},
		"tmp":     {VI: "--tmp chỉ thư mục khác", EN: "--tmp names another folder"},
		"copied":  {VI: "một tiến trình khác đang dùng tệp tạm của nó, kho này là bản sao", EN: "another process uses its scratch, this store is a copy"},
		"asked":   {VI: "lệnh có --restart", EN: "--restart asks for that"},
	}
	return say.Errorf("lần chạy trước còn dở không được đi tiếp (%v): bắt đầu lại từ đầu", "an unfinished run is not gone on with (%v): beginning anew", words[why])
}

func randomName() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails
	return base32.StdEncoding.EncodeToString(b[:])
}
