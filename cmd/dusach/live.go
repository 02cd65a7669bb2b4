package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dusach/dusach/pipeline"
	"github.com/dusach/dusach/pipeline/say"
)

// newLiveCmd is `dusach live`: the same as clean, continuously, from Kafka.
func newLiveCmd() *cobra.Command {
	var job pipeline.LiveJob
	var modelFile, sizeClass, passwordFile, listen string
	var keep retention
	auth := &job.Topic.Auth
	cmd := &cobra.Command{
		Use:   "live --brokers LIST --topic T --out STORE",
		Short: "Clean forms as they come from Kafka",
		Long: `live reads forms from a topic of Kafka, finds the person of each among everybody
known, and publishes snapshots in STORE on a schedule. The same forms give the
same citizens as dusach clean, whatever their order.

A message is one form, a JSON object with the names of the fields, or many: rows
in Arrow's IPC stream format, with columns of those names. What cannot be read
goes to quarantine with its topic, partition and offset: a form, or the whole of
a damaged Arrow message. What was read
is durable at once, with its offsets: a live that is stopped, or dies, goes on
behind the last message that it took, and reads none twice.

The password of --sasl-user comes from DUSACH_SASL_PASSWORD or the file that
--sasl-password-file names.`,
		Example: "  dusach live --brokers k1:9092,k2:9092 --topic forms --out store --every 10m\n  dusach live --brokers localhost:9092 --topic forms --out store --stop-at-end",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := cleanConfig(cmd, modelFile, sizeClass)
			if err != nil {
				return err
			}
			if auth.User != "" {
				if auth.Password, err = readPassword(passwordFile); err != nil {
					return err
				}
			}
			job.Version, job.Command, job.Lang = version(), "dusach live", language(cmd)
			if job.Today, err = isoDate("--today", job.Today); err != nil {
				return err
			}
			if job.Keep, err = keep.checked(cmd); err != nil {
				return err
			}
			return live(cmd, cfg, job, listen)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&job.Topic.Brokers, "brokers", nil, "brokers to ask first, as host:port,host:port")
	f.StringVar(&job.Topic.Topic, "topic", "", "the topic that forms come from")
	f.StringVar(&job.Store, "out", "", "the store: a new or empty folder, or one that dusach made")
	f.DurationVar(&job.Every, "every", 0, "publish a snapshot so often, as 10m, if anything came (default: not by the clock)")
	f.Int64Var(&job.EveryForms, "every-forms", 0, "publish a snapshot after so many messages (default: not by their number)")
	f.BoolVar(&job.StopAtEnd, "stop-at-end", false, "publish and end when the topic is drained")
	f.StringVar(&job.DeadLetter, "dead-letter", "", "send refused messages to this topic as well")
	f.StringVar(&listen, "listen", "", "serve /metrics, /healthz and /readyz on this address, as :9090")
	f.StringVar(&modelFile, "model", "", "a trained model (default: the one that comes with dusach)")
	f.StringVar(&sizeClass, "size-class", "province", "province (up to 20 million forms) or nation (up to 120 million)")
	f.StringVar(&job.Today, "today", "", "date of the scorecard, as 2026-11-21 (default: the latest collection date)")
	f.BoolVar(&auth.TLS, "tls", false, "encrypt, and trust the system's certificates unless --tls-ca is given")
	f.StringVar(&auth.CA, "tls-ca", "", "encrypt, and trust the certificates in `FILE` (PEM)")
	f.StringVar(&auth.Cert, "tls-cert", "", "show the client certificate in `FILE` (PEM)")
	f.StringVar(&auth.Key, "tls-key", "", "the key of --tls-cert, in `FILE` (PEM)")
	f.StringVar(&auth.User, "sasl-user", "", "log in to the brokers as this user")
	f.StringVar(&auth.Mechanism, "sasl-mechanism", "SCRAM-SHA-512", "how: SCRAM-SHA-512, SCRAM-SHA-256, or PLAIN over TLS")
	f.StringVar(&passwordFile, "sasl-password-file", "", "read the password from `FILE` (default: DUSACH_SASL_PASSWORD)")
	addForgetKey(cmd, &job.ForgetKey)
	keep.add(cmd)
	require(cmd, "brokers")
	require(cmd, "topic")
	require(cmd, "out")
	return cmd
}

// readPassword reads the password from a file or the environment, never from
// the command line, which everybody on the machine can read.
func readPassword(file string) (string, error) {
	if file == "" {
		return os.Getenv("DUSACH_SASL_PASSWORD"), nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("--sasl-password-file: %w", err)
	}
	return strings.TrimRight(string(data), "\r\n"), nil
}

func live(cmd *cobra.Command, cfg pipeline.Config, job pipeline.LiveJob, listen string) error {
	if listen != "" {
		metrics := newLiveMetrics()
		stop, err := metrics.listen(listen)
		if err != nil {
			return err
		}
		defer stop()
		job.Watcher = metrics
	}
	progress := newProgress(cmd)
	summary, err := pipeline.New(cfg).Live(cmd.Context(), job, progress)
	progress.finish()
	if err != nil {
		return err
	}
	if summary == nil {
		newMessages(cmd).warn(say.Errorf("không có gì mới để công bố", "nothing came that was not published before"))
		return nil
	}
	if asJSON(cmd) {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(summary)
	}
	return printSummary(cmd.OutOrStdout(), summary, job.Lang)
}
