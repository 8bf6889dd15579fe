// The ways in which signed requests get bent on their way, each with the hint that mends it.
import { encodeComponent, encodePath } from '../../../src/http/index.ts';
import type { QueryPairs } from '../../../src/http/pairs.ts';
import type { SignableRequest } from '../../../src/signing/index.ts';
import { plain, setHeader, setQuery, type Version, versions } from '../signed.ts';

export interface Break {
  readonly name: string;
  readonly versions: readonly Version[];
  /** What is signed; the plain request when absent. */
  readonly made?: Partial<SignableRequest>;
  readonly bend: (sent: SignableRequest) => SignableRequest;
  readonly hint: string;
  readonly mode?: 'header';
}

const withKey = (key: string) => (sent: SignableRequest) => ({ ...sent, key });
const withMethod = (method: string) => (sent: SignableRequest) => ({ ...sent, method });

export function mapValues(
  request: SignableRequest,
  change: (value: string, name: string) => string,
): SignableRequest {
  const query: QueryPairs = request.query.map(([name, value]) => [
    name,
    value === undefined ? undefined : change(value, name),
  ]);
  return { ...request, query };
}

const isSignature = (name: string): boolean => name === 'Signature' || name === 'x-oss-signature';
const plusToSpace = (text: string): string => text.replaceAll('+', ' ');
const spaced = ['response-content-disposition', 'attachment; filename="a b.txt"'] as const;
const plus = ['response-content-disposition', 'filename=a+b.txt'] as const;
const base64 = ['v1', 'v2'] as const;
const everything = ['v2', 'v4'] as const;

export const breaks: readonly Break[] = [
  {
    name: 'HEAD with a GET link',
    versions,
    bend: withMethod('HEAD'),
    hint: 'The link was made for GET; it was used with HEAD.',
  },
  {
    name: 'GET with a PUT link',
    versions,
    made: { method: 'PUT' },
    bend: withMethod('GET'),
    hint: 'The link was made for PUT; it was used with GET.',
  },
  {
    name: 'POST with a DELETE link',
    versions,
    made: { method: 'DELETE' },
    bend: withMethod('POST'),
    hint: 'The link was made for DELETE; it was used with POST.',
  },
  {
    name: 'HEAD with a GET signature',
    versions,
    mode: 'header',
    bend: withMethod('HEAD'),
    hint: 'The signature was made for GET; it was used with HEAD.',
  },
  {
    name: 'space in the key for +',
    versions,
    made: { key: 'a+b/c+d.txt' },
    bend: withKey('a b/c d.txt'),
    hint: 'The link was made for a key with + where the path has a space: keep the +, or write it as %2B.',
  },
  {
    name: '+ in the key for a space',
    versions,
    made: { key: 'a b.txt' },
    bend: withKey('a+b.txt'),
    hint: 'The link was made for a key with a space where the path has +: write a space in a path as %20.',
  },
  {
    name: 'path encoded twice',
    versions,
    made: { key: 'a b/100%25/文.txt' },
    bend: (sent) => ({ ...sent, key: encodePath(sent.key ?? '') }),
    hint: 'The path is percent-encoded twice: send it as it was made.',
  },
  {
    name: 'path decoded on its way',
    versions,
    made: { key: 'percent%20.txt' },
    bend: withKey('percent .txt'),
    hint: 'The path was percent-decoded on its way: send it as it was made.',
  },
  {
    name: 'slash before the key',
    versions,
    bend: withKey('/a/b.txt'),
    hint: 'The path has a slash too many before the key: leave it out.',
  },
  {
    name: 'slash after the key',
    versions,
    bend: withKey('a/b.txt/'),
    hint: 'The path has a slash too many after the key: leave it out.',
  },
  {
    name: 'key decomposed',
    versions,
    made: { key: 'caf\u00e9.txt' },
    bend: withKey('cafe\u0301.txt'),
    hint: 'The link was made for the same key in the Unicode form NFC: send the path as it was made.',
  },
  {
    name: 'key composed',
    versions,
    made: { key: 'cafe\u0301.txt' },
    bend: withKey('caf\u00e9.txt'),
    hint: 'The link was made for the same key in the Unicode form NFD: send the path as it was made.',
  },
  {
    name: '+ of the signature lost',
    versions: base64,
    // Signed until the signature holds a plus, see the test.
    made: { query: [spaced] },
    bend: (sent) =>
      mapValues(sent, (value, name) => (isSignature(name) ? plusToSpace(value) : value)),
    hint: 'The signature has a space where it had +: write + in a query as %2B.',
  },
  {
    name: '= of the signature lost',
    versions: base64,
    bend: (sent) =>
      mapValues(sent, (value, name) => (isSignature(name) ? value.replace(/=$/, '') : value)),
    hint: 'The signature lost the = at its end: write it as %3D.',
  },
  {
    name: 'signature in capitals',
    versions: ['v4'],
    bend: (sent) =>
      mapValues(sent, (value, name) => (isSignature(name) ? value.toUpperCase() : value)),
    hint: 'The signature is lower-case hex: send it as it was made.',
  },
  {
    name: '+ of the query lost',
    versions,
    made: { query: [plus] },
    bend: (sent) => mapValues(sent, plusToSpace),
    hint: 'The query has a space where a + was signed: write + in a query as %2B.',
  },
  {
    name: '+ of the whole link lost',
    versions,
    made: { key: 'a+b', query: [plus] },
    bend: (sent) => ({ ...mapValues(sent, plusToSpace), key: 'a b' }),
    hint: 'The link has a space where a + was signed: write + in a link as %2B.',
  },
  {
    name: 'query encoded twice',
    versions: ['v1', 'v2'],
    made: { query: [spaced] },
    bend: (sent) => mapValues(sent, encodeComponent),
    hint: 'The query is percent-encoded twice: send it as it was made.',
  },
  {
    name: 'whole link encoded twice',
    versions: ['v1', 'v2'],
    made: { key: 'a b' },
    bend: (sent) => ({ ...mapValues(sent, encodeComponent), key: 'a%20b' }),
    hint: 'The link is percent-encoded twice: send it as it was made.',
  },
  {
    name: 'a value encoded twice',
    versions: ['v4'],
    made: { query: [spaced] },
    bend: (sent) => setQuery(sent, spaced[0], encodeComponent(spaced[1])),
    hint: 'The query is percent-encoded twice: send it as it was made.',
  },
  {
    name: 'response-* added',
    versions,
    bend: (sent) => setQuery(sent, 'response-content-type', 'text/html'),
    hint: 'The link does not cover the parameter response-content-type: leave it out, or sign with it.',
  },
  {
    name: 'two response-* added to one signed parameter',
    versions,
    made: { query: [['versionId', 'v']] },
    bend: (sent) =>
      setQuery(setQuery(sent, 'response-expires', 'x'), 'response-content-type', 'text/html'),
    hint:
      'The link does not cover the parameters response-expires and response-content-type:' +
      ' leave them out, or sign with them.',
  },
  {
    name: 'version added',
    versions,
    made: { query: [['response-content-type', 'text/plain']] },
    bend: (sent) => setQuery(sent, 'versionId', 'v'),
    hint: 'The link does not cover the parameter versionId: leave it out, or sign with it.',
  },
  {
    name: 'tracking added',
    versions: everything,
    made: { query: [['versionId', 'v']] },
    bend: (sent) => setQuery(setQuery(sent, 'utm_source', 'x'), 'utm campaign', 'y'),
    hint:
      'The link does not cover the parameters utm_source and utm%20campaign: leave them out, or' +
      ' sign with them.',
  },
  {
    name: 'many parameters added',
    versions: everything,
    bend: (sent) => ({
      ...sent,
      query: [...sent.query, ...'abcdef'.split('').map((name): [string, string] => [name, '1'])],
    }),
    hint:
      'The link does not cover the parameters a, b, c and 3 more: leave them out, or sign with' +
      ' them.',
  },
  {
    name: 'a parameter twice',
    versions,
    made: { query: [['versionId', 'v']] },
    bend: (sent) => ({ ...sent, query: [...sent.query, ['versionId', 'v']] }),
    hint: 'The link has a parameter more often than was signed: send it once.',
  },
  {
    name: 'Content-Type added by the HTTP client',
    versions,
    made: { method: 'PUT' },
    bend: (sent) => setHeader(sent, 'Content-Type', 'application/x-www-form-urlencoded'),
    hint: 'The link does not cover the header content-type: leave it out, or sign with it.',
  },
  {
    name: 'charset added by the HTTP client',
    versions,
    made: { method: 'PUT', headers: [['Content-Type', 'text/plain']] },
    bend: (sent) => setHeader(sent, 'content-type', 'text/plain;charset=UTF-8'),
    hint:
      'The link was made for the Content-Type without what follows the semicolon: send it as it' +
      ' was signed.',
  },
  {
    name: 'headers added',
    versions,
    made: { method: 'PUT', headers: [['x-oss-storage-class', 'IA']] },
    bend: (sent) => setHeader(sent, 'X-Oss-Meta-A', '1'),
    hint: 'The link does not cover the header x-oss-meta-a: leave it out, or sign with it.',
  },
  {
    name: 'two headers added',
    versions,
    made: { method: 'PUT' },
    bend: (sent) => setHeader(setHeader(sent, 'Content-MD5', 'x'), 'Content-Type', 'text/plain'),
    hint:
      'The link does not cover the headers content-md5 and content-type: leave them out, or sign' +
      ' with them.',
  },
  {
    name: 'a path-style link on a bucket host',
    versions,
    bend: (sent) => ({ ...sent, bucket: 'other-bucket', key: `bucket/${sent.key}` }),
    hint:
      'The link was made for the bucket bucket that the path names; it was read for other-bucket:' +
      ' send it to the host that it was made for.',
  },
  {
    name: 'a bucket host that the server does not know',
    versions,
    bend: (sent) => ({
      ...setHeader(sent, 'Host', 'bucket.files.example.com:6770'),
      bucket: 'a',
      key: 'b.txt',
    }),
    hint:
      'The link was made for the bucket bucket that the host begins with; it was read for a: the' +
      " server has to know the host's domain.",
  },
  {
    name: 'a bucket host bound to another bucket',
    versions,
    bend: (sent) => ({ ...setHeader(sent, 'Host', 'bucket.example.com'), bucket: 'other-bucket' }),
    hint:
      'The link was made for the bucket bucket that the host begins with; it was read for' +
      " other-bucket: the server has to know the host's domain.",
  },
];

/** Bends that nothing in the request gives away. */
export const unprovable: readonly Pick<Break, 'name' | 'made' | 'bend'>[] = [
  { name: 'another key', bend: withKey('a/b.txu') },
  { name: 'another bucket', bend: (sent) => ({ ...sent, bucket: 'bucket2' }) },
  {
    name: 'another version',
    made: { query: [['versionId', 'v']] },
    bend: (sent) => setQuery(sent, 'versionId', 'w'),
  },
  {
    name: 'a parameter left out',
    made: { query: [['versionId', 'v']] },
    bend: (sent) => setQuery(sent, 'versionId', null),
  },
  {
    name: 'another signature',
    bend: (sent) =>
      mapValues(sent, (value, name) =>
        isSignature(name) ? (value[0] === '0' ? '1' : '0') + value.slice(1) : value,
      ),
  },
  {
    name: 'two bends at once',
    bend: (sent) => ({ ...setQuery(sent, 'acl', ''), method: 'HEAD' }),
  },
];

export function madeRequest({ made = {} }: Pick<Break, 'made'>): SignableRequest {
  return { ...plain, ...made };
}
