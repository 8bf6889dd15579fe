"""Signs URLs with the two official Python SDKs: reads one wish a line as JSON, prints one answer a line.

A wish: signer, method, endpoint, style (virtual, path or cname), region, bucket, key, seconds, query,
headers, additionalHeaders, keys (id, secret and perhaps token).
"""
import json
import sys
from datetime import timedelta

import alibabacloud_oss_v2 as oss
import oss2
from oss2.credentials import StaticCredentialsProvider


def sign_oss2(version, wish):
    providers = {"v1": oss2.ProviderAuth, "v2": oss2.ProviderAuthV2, "v4": oss2.ProviderAuthV4}
    bucket = oss2.Bucket(
        providers[version](StaticCredentialsProvider(*wish["keys"])),
        wish["endpoint"],
        wish["bucket"],
        region=wish["region"],
        is_cname=wish["style"] == "cname",
        is_path_style=wish["style"] == "path",
    )
    return bucket.sign_url(
        wish["method"],
        wish["key"],
        wish["seconds"],
        headers=wish["headers"],
        params=wish["query"],
        slash_safe=True,
        additional_headers=wish["additionalHeaders"] or None,
    )


requests = {
    "GET": oss.GetObjectRequest,
    "HEAD": oss.HeadObjectRequest,
    "PUT": oss.PutObjectRequest,
}


def sign_v2(version, wish):
    settings = oss.config.load_default()
    settings.credentials_provider = oss.credentials.StaticCredentialsProvider(*wish["keys"])
    settings.region = wish["region"]
    settings.endpoint = wish["endpoint"]
    settings.signature_version = version
    settings.use_cname = wish["style"] == "cname"
    settings.use_path_style = wish["style"] == "path"
    settings.additional_headers = wish["additionalHeaders"]
    request = requests[wish["method"]](
        bucket=wish["bucket"],
        key=wish["key"],
        headers=wish["headers"],
        parameters=wish["query"],
    )
    return oss.Client(settings).presign(request, expires=timedelta(seconds=wish["seconds"])).url


def sign(wish):
    sdk, version = wish["signer"].lower().split(" ")
    return (sign_oss2 if sdk == "oss2" else sign_v2)(version, wish)


for line in sys.stdin:
    try:
        answer = {"url": sign(json.loads(line))}
    except Exception as error:  # Whatever an SDK throws is the caller's to see.
        answer = {"error": repr(error)}
    print(json.dumps(answer), flush=True)
