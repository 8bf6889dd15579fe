"""Signs URLs with alibabacloud-oss-v2, as its documentation does."""
from datetime import timedelta

import alibabacloud_oss_v2 as oss

from signing import run


def provider_of(given):
    if given is None:
        return oss.credentials.EnvironmentVariableCredentialsProvider()
    return oss.credentials.StaticCredentialsProvider(
        given["accessKeyId"], given["accessKeySecret"], given.get("securityToken")
    )


def sign(job):
    settings = oss.config.load_default()
    settings.credentials_provider = provider_of(job.get("credentials"))
    settings.region = job["region"]
    settings.endpoint = job["endpoint"]
    settings.signature_version = job["signatureVersion"].lower()
    settings.use_cname = job.get("cname", False)
    request = oss.GetObjectRequest(
        bucket=job["bucket"], key=job["key"], version_id=job.get("versionId")
    )
    expires = timedelta(seconds=job["expiresSeconds"])
    return oss.Client(settings).presign(request, expires=expires).url


run(sign)
