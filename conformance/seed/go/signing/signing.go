// Package signing is what the two Go programs share: jobs in, signed URLs out, as ../README.md says.
package signing

import (
	"encoding/json"
	"os"
)

// Credentials is nil where the SDK's own provider is to read the environment.
type Credentials struct {
	AccessKeyID     string `json:"accessKeyId"`
	AccessKeySecret string `json:"accessKeySecret"`
	SecurityToken   string `json:"securityToken"`
}

// Job is one URL to sign.
type Job struct {
	ID               string       `json:"id"`
	SignatureVersion string       `json:"signatureVersion"`
	Endpoint         string       `json:"endpoint"`
	Region           string       `json:"region"`
	Bucket           string       `json:"bucket"`
	Key              string       `json:"key"`
	ExpiresSeconds   int64        `json:"expiresSeconds"`
	VersionID        string       `json:"versionId"`
	Cname            bool         `json:"cname"`
	Credentials      *Credentials `json:"credentials"`
}

type answer struct {
	ID    string `json:"id"`
	URL   string `json:"url,omitempty"`
	Error string `json:"error,omitempty"`
}

// Run signs every job of standard input with sign and prints the answers.
func Run(sign func(Job) (string, error)) {
	var jobs []Job
	if err := json.NewDecoder(os.Stdin).Decode(&jobs); err != nil {
		panic(err)
	}
	answers := make([]answer, 0, len(jobs))
	for _, job := range jobs {
		url, err := sign(job)
		if err != nil {
			answers = append(answers, answer{ID: job.ID, Error: err.Error()})
			continue
		}
		answers = append(answers, answer{ID: job.ID, URL: url})
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
