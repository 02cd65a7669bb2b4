package intake

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
)

// KafkaAuth says how to speak to the brokers. The zero value is in the clear
// and without a name.
type KafkaAuth struct {
	TLS       bool   // with the system's certificates, unless CA is given
	CA        string // file of the certificates to trust; implies TLS
	Cert, Key string // files of a client certificate; imply TLS
	User      string
	Password  string
	Mechanism string // PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
}

// transport returns a transport that speaks so.
func (a *KafkaAuth) transport() (*kafka.Transport, error) {
	t := &kafka.Transport{ClientID: "dusach", DialTimeout: 5 * time.Second, MetadataTTL: time.Second}
	var err error
	if t.TLS, err = a.tls(); err != nil {
		return nil, err
	}
	t.SASL, err = a.sasl(t.TLS != nil)
	return t, err
}

func (a *KafkaAuth) tls() (*tls.Config, error) {
	if !a.TLS && a.CA == "" && a.Cert == "" && a.Key == "" {
		return nil, nil
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if a.CA != "" {
		pem, err := os.ReadFile(a.CA)
		if err != nil {
			return nil, fmt.Errorf("--tls-ca: %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("--tls-ca %s: it holds no certificate: name a PEM file", a.CA)
		}
	}
	if a.Cert != "" || a.Key != "" {
		pair, err := tls.LoadX509KeyPair(a.Cert, a.Key)
		if err != nil {
			return nil, fmt.Errorf("--tls-cert, --tls-key: %w: give both as PEM files", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

func (a *KafkaAuth) sasl(encrypted bool) (sasl.Mechanism, error) {
	if a.User == "" {
		return nil, nil
	}
	if a.Password == "" {
		return nil, errors.New("--sasl-user needs a password: set DUSACH_SASL_PASSWORD, or --sasl-password-file")
	}
	switch strings.ToUpper(a.Mechanism) {
	case "SCRAM-SHA-256":
		return scram.Mechanism(scram.SHA256, a.User, a.Password)
	case "SCRAM-SHA-512", "":
		return scram.Mechanism(scram.SHA512, a.User, a.Password)
	case "PLAIN":
		if !encrypted {
			return nil, errors.New("--sasl-mechanism PLAIN sends the password as it is: use it with --tls only")
		}
		return plain.Mechanism{Username: a.User, Password: a.Password}, nil
	}
	return nil, fmt.Errorf("--sasl-mechanism %s: use SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN", a.Mechanism)
}
