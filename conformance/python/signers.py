"""Drives the two official Python SDKs against a running server and prints what they did as JSON.

Reads one JSON object from standard input: endpoint, region, keys (access key id and secret), bucket
prefix and object names. Each signer makes a bucket, stores, reads, heads, lists and deletes every
object, and signs a GET URL for each; nothing here is compared, that is the caller's work.
"""
import json
import sys
from datetime import timedelta

import alibabacloud_oss_v2 as oss
import oss2


def body_of(name, label):
    return f"{label}: {name}".encode("utf-8")


def oss2_auth(version, keys):
    if version == "v1":
        return oss2.Auth(*keys)
    if version == "v2":
        return oss2.AuthV2(*keys)
    from oss2.credentials import StaticCredentialsProvider

    return oss2.ProviderAuthV4(StaticCredentialsProvider(*keys))


def run_oss2(version, config):
    bucket = oss2.Bucket(
        oss2_auth(version, config["keys"]),
        config["endpoint"],
        f"{config['prefix']}-oss2-{version}",
        region=config["region"],
    )
    label = f"oss2 {version}"
    bucket.create_bucket()
    result = {"signer": label, "bucket": bucket.bucket_name, "objects": []}
    for name in config["names"]:
        put = bucket.put_object(name, body_of(name, label), headers={"x-oss-meta-by": "oss2"})
        got = bucket.get_object(name)
        read = got.read()
        head = bucket.head_object(name)
        url = bucket.sign_url("GET", name, 600, slash_safe=True)
        result["objects"].append(
            {
                "name": name,
                "etag": put.etag,
                "read": read.decode("utf-8"),
                "length": head.content_length,
                "meta": head.headers.get("x-oss-meta-by"),
                "url": url,
            }
        )
    result["listed"] = [item.key for item in oss2.ObjectIterator(bucket)]
    bucket.put_object("to-delete", b"gone")
    bucket.delete_object("to-delete")
    result["deleted"] = not bucket.object_exists("to-delete")
    return result


def run_v2(version, config):
    access_key_id, access_key_secret = config["keys"]
    settings = oss.config.load_default()
    settings.credentials_provider = oss.credentials.StaticCredentialsProvider(
        access_key_id, access_key_secret
    )
    settings.region = config["region"]
    settings.endpoint = config["endpoint"]
    settings.signature_version = version
    client = oss.Client(settings)
    label = f"alibabacloud-oss-v2 {version}"
    bucket = f"{config['prefix']}-ossv2-{version}"
    client.put_bucket(oss.PutBucketRequest(bucket=bucket))
    result = {"signer": label, "bucket": bucket, "objects": []}
    for name in config["names"]:
        put = client.put_object(
            oss.PutObjectRequest(
                bucket=bucket, key=name, body=body_of(name, label), metadata={"by": "ossv2"}
            )
        )
        got = client.get_object(oss.GetObjectRequest(bucket=bucket, key=name))
        read = got.body.read()
        head = client.head_object(oss.HeadObjectRequest(bucket=bucket, key=name))
        signed = client.presign(
            oss.GetObjectRequest(bucket=bucket, key=name), expires=timedelta(seconds=600)
        )
        result["objects"].append(
            {
                "name": name,
                "etag": put.etag.strip('"'),
                "read": read.decode("utf-8"),
                "length": head.content_length,
                "meta": (head.metadata or {}).get("by"),
                "url": signed.url,
            }
        )
    pages = client.list_objects_v2_paginator().iter_page(oss.ListObjectsV2Request(bucket=bucket))
    result["listed"] = [item.key for page in pages for item in (page.contents or [])]
    client.put_object(oss.PutObjectRequest(bucket=bucket, key="to-delete", body=b"gone"))
    client.delete_object(oss.DeleteObjectRequest(bucket=bucket, key="to-delete"))
    result["deleted"] = not client.is_object_exist(bucket, "to-delete")
    return result


def main():
    config = json.load(sys.stdin)
    runs = [(run_oss2, version) for version in ("v1", "v2", "v4")]
    runs += [(run_v2, version) for version in ("v1", "v4")]
    print(json.dumps([run(version, config) for run, version in runs]))


main()
