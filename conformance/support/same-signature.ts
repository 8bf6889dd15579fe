// Signs again what an official SDK signed: the URL it made is taken apart, and our signer, given the same
// request at the time the URL names, must come to the same signature.
import {
  decodePath,
  defaultHashes,
  parseRequestTarget,
  presignV1,
  presignV2,
  presignV4,
  type QueryPairs,
} from '@osskeep/protocol';

interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly region: string;
}

const hashes = defaultHashes();
const added = new Set([
  'OSSAccessKeyId',
  'Expires',
  'Signature',
  'x-oss-signature-version',
  'x-oss-credential',
  'x-oss-date',
  'x-oss-expires',
  'x-oss-signature',
  'x-oss-access-key-id',
]);

function value(query: QueryPairs, name: string): string | undefined {
  return query.find(([given]) => given === name)?.[1];
}

/** The signature in the URL and ours, for a path-style URL or one with the bucket given. */
export function bothSignatures(
  url: string,
  bucket: string,
  keys: Keys,
): { theirs: string | undefined; ours: string } {
  const target = parseRequestTarget(url.slice(url.indexOf('/', url.indexOf('//') + 2)));
  const inPath = `/${bucket}/`;
  const rawKey = target.path.startsWith(inPath)
    ? target.path.slice(inPath.length)
    : target.path.slice(1);
  const request = {
    method: 'GET',
    bucket,
    key: decodePath(rawKey),
    query: target.query.filter(([name]) => !added.has(name)),
    headers: [],
  };
  const version = value(target.query, 'x-oss-signature-version');
  if (version === 'OSS4-HMAC-SHA256') {
    const date = value(target.query, 'x-oss-date') ?? '';
    const expires = Number(value(target.query, 'x-oss-expires'));
    const { signature } = presignV4(request, { date, expires }, keys, hashes);
    return { theirs: value(target.query, 'x-oss-signature'), ours: signature };
  }
  if (version === 'OSS2') {
    const expires = Number(value(target.query, 'x-oss-expires'));
    const { signature } = presignV2(request, { expires }, keys, hashes);
    return { theirs: value(target.query, 'x-oss-signature'), ours: signature };
  }
  const expires = Number(value(target.query, 'Expires'));
  const { signature } = presignV1(request, { expires }, keys, hashes);
  return { theirs: value(target.query, 'Signature'), ours: signature };
}
