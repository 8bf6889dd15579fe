// Signs URLs with alibabacloud-oss-go-sdk-v2, as its documentation does.
package main

import (
	"context"
	"time"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/credentials"
	"osskeep.test/seed/signing"
)

func provider(given *signing.Credentials) credentials.CredentialsProvider {
	if given == nil {
		return credentials.NewEnvironmentVariableCredentialsProvider()
	}
	if given.SecurityToken == "" {
		return credentials.NewStaticCredentialsProvider(given.AccessKeyID, given.AccessKeySecret)
	}
	return credentials.NewStaticCredentialsProvider(
		given.AccessKeyID, given.AccessKeySecret, given.SecurityToken)
}

func sign(job signing.Job) (string, error) {
	version := oss.SignatureVersionV1
	if job.SignatureVersion == "V4" {
		version = oss.SignatureVersionV4
	}
	config := oss.LoadDefaultConfig().
		WithCredentialsProvider(provider(job.Credentials)).
		WithRegion(job.Region).
		WithEndpoint(job.Endpoint).
		WithSignatureVersion(version)
	if job.Cname {
		config.WithUseCName(true)
	}
	request := &oss.GetObjectRequest{Bucket: oss.Ptr(job.Bucket), Key: oss.Ptr(job.Key)}
	if job.VersionID != "" {
		request.VersionId = oss.Ptr(job.VersionID)
	}
	expires := oss.PresignExpires(time.Duration(job.ExpiresSeconds) * time.Second)
	result, err := oss.NewClient(config).Presign(context.Background(), request, expires)
	if err != nil {
		return "", err
	}
	return result.URL, nil
}

func main() { signing.Run(sign) }
