// Signs URLs with aliyun-oss-go-sdk (V1 of the SDK), as its documentation does.
package main

import (
	"github.com/aliyun/aliyun-oss-go-sdk/oss"
	"osskeep.test/seed/signing"
)

func sign(job signing.Job) (string, error) {
	options := []oss.ClientOption{oss.Region(job.Region), oss.UseCname(job.Cname)}
	if job.SignatureVersion == "V4" {
		options = append(options, oss.AuthVersion(oss.AuthV4))
	} else {
		options = append(options, oss.AuthVersion(oss.AuthV1))
	}
	var id, secret string
	if job.Credentials == nil {
		provider, err := oss.NewEnvironmentVariableCredentialsProvider()
		if err != nil {
			return "", err
		}
		options = append(options, oss.SetCredentialsProvider(&provider))
	} else {
		id, secret = job.Credentials.AccessKeyID, job.Credentials.AccessKeySecret
		if token := job.Credentials.SecurityToken; token != "" {
			options = append(options, oss.SecurityToken(token))
		}
	}
	client, err := oss.New(job.Endpoint, id, secret, options...)
	if err != nil {
		return "", err
	}
	bucket, err := client.Bucket(job.Bucket)
	if err != nil {
		return "", err
	}
	var query []oss.Option
	if job.VersionID != "" {
		query = append(query, oss.VersionId(job.VersionID))
	}
	return bucket.SignURL(job.Key, oss.HTTPGet, job.ExpiresSeconds, query...)
}

func main() { signing.Run(sign) }
