// `oss://bucket/key`, the way ossutil names buckets and objects. The key is literal text: nothing
// in it is decoded, so `%2F`, `+`, spaces and `?` mean themselves.
import { UsageError } from '../failures/failures.ts';

export interface OssUri {
  readonly bucket: string;
  /** Empty when the URI names a bucket only. */
  readonly key: string;
}

const scheme = 'oss://';

export function isOssUri(text: string): boolean {
  return text.slice(0, scheme.length).toLowerCase() === scheme;
}

export function parseOssUri(text: string): OssUri {
  if (!isOssUri(text)) {
    throw new UsageError(`"${text}" is no OSS address. Write oss://bucket or oss://bucket/key.`);
  }
  const rest = text.slice(scheme.length);
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? rest : rest.slice(0, slash);
  if (bucket === '') {
    throw new UsageError(`"${text}" names no bucket. Write oss://bucket or oss://bucket/key.`);
  }
  return { bucket, key: slash < 0 ? '' : rest.slice(slash + 1) };
}

/** An address that must name an object. */
export function parseObjectUri(text: string): OssUri {
  const uri = parseOssUri(text);
  if (uri.key === '') {
    throw new UsageError(`"${text}" names a bucket, not an object. Write oss://bucket/key.`);
  }
  return uri;
}

/** An address that must name a bucket and nothing in it. */
export function parseBucketUri(text: string): string {
  const uri = parseOssUri(text);
  if (uri.key !== '') {
    throw new UsageError(`"${text}" names an object. Write only the bucket: oss://${uri.bucket}.`);
  }
  return uri.bucket;
}

export function formatOssUri(uri: OssUri): string {
  return `${scheme}${uri.bucket}${uri.key === '' ? '' : `/${uri.key}`}`;
}
