"""Signs URLs with oss2, as its documentation does."""
import oss2
from oss2.credentials import EnvironmentVariableCredentialsProvider

from signing import run


def auth_of(job):
    is_v4 = job["signatureVersion"] == "V4"
    given = job.get("credentials")
    if given is None:
        provider = EnvironmentVariableCredentialsProvider()
        return oss2.ProviderAuthV4(provider) if is_v4 else oss2.ProviderAuth(provider)
    keys = (given["accessKeyId"], given["accessKeySecret"])
    if "securityToken" in given:
        version = oss2.AUTH_VERSION_4 if is_v4 else oss2.AUTH_VERSION_1
        return oss2.StsAuth(*keys, given["securityToken"], auth_version=version)
    return oss2.AuthV4(*keys) if is_v4 else oss2.Auth(*keys)


def sign(job):
    bucket = oss2.Bucket(
        auth_of(job),
        job["endpoint"],
        job["bucket"],
        is_cname=job.get("cname", False),
        region=job["region"],
    )
    params = {"versionId": job["versionId"]} if "versionId" in job else None
    return bucket.sign_url("GET", job["key"], job["expiresSeconds"], params=params, slash_safe=True)


run(sign)
