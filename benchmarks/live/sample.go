package main

import (
	"bufio"
	"cmp"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A sample is what live tells of itself at a moment, and what it and the broker
// have used of the processor until then.
type sample struct {
	at      time.Time
	metrics map[string]float64 // by name and labels, as they are served
	cpu     [2]time.Duration   // live, broker
	rss     int64              // of live
}

func (s *sustained) sample() (m sample, err error) {
	m = sample{at: time.Now(), metrics: map[string]float64{}}
	res, err := http.Get("http://" + s.listen + "/metrics")
	if err != nil {
		return m, err
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), "} "); ok {
			m.metrics[name+"}"], _ = strconv.ParseFloat(value, 64)
		} else if name, value, ok := strings.Cut(lines.Text(), " "); ok && name != "#" {
			m.metrics[name], _ = strconv.ParseFloat(value, 64)
		}
	}
	broker, err := os.ReadFile(s.broker + "/pid")
	if err != nil {
		return m, err
	}
	for i, pid := range []string{strconv.Itoa(s.cmd.Process.Pid), strings.TrimSpace(string(broker))} {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			return m, err
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		f := strings.Fields(rest)
		user, _ := strconv.ParseInt(f[11], 10, 64)
		sys, _ := strconv.ParseInt(f[12], 10, 64)
		m.cpu[i] = time.Duration(user+sys) * 10 * time.Millisecond
		if i == 0 {
			pages, _ := strconv.ParseInt(f[21], 10, 64)
			m.rss = pages * int64(os.Getpagesize())
		}
	}
	return m, lines.Err()
}

func (m sample) known() float64 { return m.metrics["dusach_live_known_forms"] }

// sum adds a metric up over its labels.
func (m sample) sum(name string) (sum float64) {
	for k, v := range m.metrics {
		if k == name || strings.HasPrefix(k, name+"{") {
			sum += v
		}
	}
	return sum
}

// A bucket of a histogram: how many were at most so many seconds.
type bucket struct{ most, n float64 }

// between returns what a histogram counted between two samples, of all labels
// or of those that begin so.
func between(from, to sample, name, labels string) (list []bucket) {
	sums := map[float64]float64{}
	for k, v := range to.metrics {
		if !strings.HasPrefix(k, name+"_bucket{"+labels) {
			continue
		}
		_, le, _ := strings.Cut(k, `le="`)
		le, _, _ = strings.Cut(le, `"`)
		most, err := strconv.ParseFloat(le, 64)
		if err == nil {
			sums[most] += v - from.metrics[k]
		}
	}
	for most, n := range sums {
		list = append(list, bucket{most, n})
	}
	slices.SortFunc(list, func(a, b bucket) int { return cmp.Compare(a.most, b.most) })
	return list
}

// quantile returns the upper end of the bucket in which a share of a histogram
// ends, as text.
func quantile(list []bucket, q float64) string {
	if len(list) == 0 || list[len(list)-1].n == 0 {
		return "none"
	}
	for _, b := range list {
		if b.n >= q*list[len(list)-1].n {
			return "≤ " + time.Duration(b.most*1e9).Round(10*time.Microsecond).String()
		}
	}
	return "more"
}

// load returns how many processes wanted the processor lately.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(data))[:3], " ")
}

// result is the account of a measurement.
func (s *sustained) result() string {
	rates := slices.Clone(s.rates)
	slices.Sort(rates)
	at := func(q float64) float64 { return rates[int(q*float64(len(rates)-1))] }
	took := s.to.at.Sub(s.from.at)
	forms := s.to.known() - s.from.known()
	perForm := func(i int) float64 { return float64((s.to.cpu[i] - s.from.cpu[i]).Microseconds()) / forms }
	const match = "dusach_live_match_seconds"
	var b strings.Builder
	fmt.Fprintf(&b, "live, with %.0f to %.0f forms known\n\n", s.from.known(), s.to.known())
	fmt.Fprintf(&b, "machine             %s/%s, %d cores, %s; load %s at the end\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), load())
	fmt.Fprintf(&b, "topic               %d partitions, zstd, broker (Apache Kafka 4.3.1) on the same machine, all forms produced before\n", s.partitions)
	fmt.Fprintf(&b, "forms               seed %d, difficulty %d\n", s.seed, s.hard)
	fmt.Fprintf(&b, "filled              in %.0f s\n", s.fill.Seconds())
	fmt.Fprintf(&b, "forms a second      median %.0f, a tenth of the seconds below %.0f, mean %.0f over %.0f s\n", at(.5), at(.1), forms/took.Seconds(), took.Seconds())
	fmt.Fprintf(&b, "processor a form    live %.0f µs, broker %.0f µs\n", perForm(0), perForm(1))
	for _, publishing := range []string{"false", "true"} {
		h := between(s.from, s.to, match, `publishing="`+publishing+`"`)
		fmt.Fprintf(&b, "match of one form   p50 %s, p99 %s, p99.9 %s; publishing: %s\n", quantile(h, .5), quantile(h, .99), quantile(h, .999), publishing)
	}
	n := s.to.metrics["dusach_live_publish_seconds_count"] - s.from.metrics["dusach_live_publish_seconds_count"]
	fmt.Fprintf(&b, "publications ended  %.0f, in %.0f s\n", n, s.to.metrics["dusach_live_publish_seconds_sum"]-s.from.metrics["dusach_live_publish_seconds_sum"])
	fmt.Fprintf(&b, "memory              %d MiB resident, %.0f bytes a known form\n", s.to.rss>>20, float64(s.to.rss)/s.to.known())
	d := between(s.calm, s.end, "dusach_live_delay_seconds", "")
	fmt.Fprintf(&b, "at 1,000 a second   from produced to durable and known, oldest of each bite: p50 %s, p99 %s, all %s\n", quantile(d, .5), quantile(d, .99), quantile(d, 1))
	return b.String()
}
