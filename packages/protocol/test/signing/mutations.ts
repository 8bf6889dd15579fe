// Every way to change one character of a signed request, with the refusal that belongs to it.
import type { HeaderPairs, QueryPairs } from '../../src/http/pairs.ts';
import type { SignableRequest } from '../../src/signing/elements/request.ts';
import { isSignedParameterV1 } from '../../src/signing/v1/signed-parameters.ts';
import type { Vector } from './vectors.ts';

export interface Mutation {
  readonly name: string;
  readonly request: SignableRequest;
  /** `<code> <EC>`; undefined: nothing that is signed changed, so it is still accepted. */
  readonly refused: string | undefined;
}

const mismatch = {
  V1: 'SignatureDoesNotMatch 0002-00000040',
  V2: 'SignatureDoesNotMatch 0002-00000101',
  V4: 'SignatureDoesNotMatch 0002-00000201',
};
const badToken = 'InvalidSecurityToken 0002-00000006';

/** Changes one character, the last unless told, to a neighbour of the same kind. */
export function changeOne(text: string, from = -1): string {
  const characters = [...text];
  const at = from < 0 ? characters.length + from : from;
  const old = characters[at] ?? '';
  const swap: Record<string, string> = { '9': '8', z: 'y', Z: 'Y', '/': 'x' };
  const isWord = /^[0-8a-yA-Y]$/.test(old);
  characters[at] = swap[old] ?? (isWord ? String.fromCharCode(old.charCodeAt(0) + 1) : 'x');
  return characters.join('');
}

function withQuery(
  request: SignableRequest,
  at: number,
  name: string,
  value: string | undefined,
): SignableRequest {
  const query: QueryPairs = request.query.map((pair, i) => (i === at ? [name, value] : pair));
  return { ...request, query };
}

function withHeader(
  request: SignableRequest,
  at: number,
  name: string,
  value: string,
): SignableRequest {
  const headers: HeaderPairs = request.headers.map((pair, i) => (i === at ? [name, value] : pair));
  return { ...request, headers };
}

/** `20231216T162057Z` or `Sat, 16 Dec 2023 16:20:57 GMT`: one second off, well within the skew. */
function changeSecond(date: string): string {
  return changeOne(date, date.endsWith('GMT') ? -5 : -2);
}

export function mutationsOf(vector: Vector, request: SignableRequest): Mutation[] {
  return [
    ...lineMutations(vector, request),
    ...queryMutations(vector, request),
    ...headerMutations(vector, request),
    ...(vector.mode === 'header' ? authorizationMutations(vector, request) : []),
  ];
}

function lineMutations({ version }: Vector, request: SignableRequest): Mutation[] {
  const refused = mismatch[version];
  const all: Mutation[] = [
    { name: 'method', request: { ...request, method: changeOne(request.method) }, refused },
  ];
  const { bucket, key } = request;
  if (bucket !== undefined) {
    all.push({ name: 'bucket', request: { ...request, bucket: changeOne(bucket) }, refused });
    const longer = `${key ?? ''}x`;
    all.push({ name: 'key appended to', request: { ...request, key: longer }, refused });
  }
  if (key !== undefined) {
    all.push({ name: 'key, end', request: { ...request, key: changeOne(key) }, refused });
    all.push({ name: 'key, start', request: { ...request, key: changeOne(key, 0) }, refused });
  }
  return all;
}

function queryMutations(vector: Vector, request: SignableRequest): Mutation[] {
  const all: Mutation[] = [];
  for (const [at, [name, value]] of request.query.entries()) {
    const special = vector.mode === 'query' ? urlParameter(vector, name, value ?? '') : undefined;
    if (special !== undefined) {
      for (const [text, refused] of special) {
        all.push({ name: `${name}=${text}`, request: withQuery(request, at, name, text), refused });
      }
      continue;
    }
    const isSigned = vector.version !== 'V1' || isSignedParameterV1(name);
    const refused = isSigned ? mismatch[vector.version] : undefined;
    const other = value === undefined || value === '' ? 'x' : changeOne(value);
    all.push({ name: `value of ${name}`, request: withQuery(request, at, name, other), refused });
    const renamed = changeOne(name);
    if (isSigned || !isSignedParameterV1(renamed)) {
      const changed = withQuery(request, at, renamed, value);
      all.push({ name: `name ${name}`, request: changed, refused });
    }
    const without = { ...request, query: request.query.filter((_, i) => i !== at) };
    all.push({ name: `without ${name}`, request: without, refused });
  }
  return all;
}

/** The parameters that carry the signature itself have refusals of their own. */
function urlParameter(
  { version }: Vector,
  name: string,
  value: string,
): [text: string, refused: string][] | undefined {
  const wrong = mismatch[version];
  const invalid = 'InvalidArgument 0002-00000';
  switch (name) {
    case 'x-oss-signature-version':
      return [[changeOne(value), `${invalid}066`]];
    case 'x-oss-signature':
    case 'Signature':
      return [
        [changeOne(value, 0), wrong],
        [value.slice(1), wrong],
        [`${value}A`, wrong],
        [value.replace(/[a-z]/, (letter) => letter.toUpperCase()), wrong],
      ];
    case 'OSSAccessKeyId':
    case 'x-oss-access-key-id':
      return [[changeOne(value), unknownKey(value)]];
    case 'x-oss-credential':
      return scopeMutations(value, `${invalid}224`);
    case 'x-oss-date':
      return [
        [changeSecond(value), wrong],
        [changeOne(value, -1), 'AccessDenied 0002-00000505'],
        [`x${value.slice(1)}`, 'AccessDenied 0002-00000502'],
      ];
    case 'x-oss-expires':
      if (version === 'V2') {
        return [
          [String(Number(value) + 1), wrong],
          [`${value}x`, 'AccessDenied 0002-00000070'],
          [String(Number(value) - 1), 'AccessDenied 0002-00000069'],
        ];
      }
      return [
        [Number(value) < 604800 ? String(Number(value) + 1) : String(Number(value) - 1), wrong],
        [`${value}x`, `${invalid}232`],
        ['604801', `${invalid}232`],
      ];
    case 'Expires':
      return [
        [String(Number(value) + 1), wrong],
        [`${value}x`, 'AccessDenied 0002-00000070'],
        [String(Number(value) - 1), 'AccessDenied 0002-00000069'],
      ];
    case 'x-oss-additional-headers':
      return [[`${value};zz-absent`, `${invalid}077`]];
    case 'security-token':
    case 'x-oss-security-token':
      return [[changeOne(value), badToken]];
    default:
      return undefined;
  }
}

function unknownKey(accessKeyId: string): string {
  return `InvalidAccessKeyId 0002-00000${accessKeyId.startsWith('STS.') ? '002' : '902'}`;
}

/** Each of the five parts of a credential. */
function scopeMutations(credential: string, malformed: string): [string, string][] {
  const parts = credential.split('/');
  const refusals = [
    unknownKey(credential),
    'InvalidArgument 0002-00000212',
    'InvalidArgument 0002-00000226',
    'InvalidArgument 0002-00000227',
    malformed,
  ];
  return refusals.map((refused, at) => {
    const changed = parts.with(at, changeOne(parts[at] ?? ''));
    return [changed.join('/'), refused];
  });
}

function headerMutations(vector: Vector, request: SignableRequest): Mutation[] {
  const { version, mode } = vector;
  const wrong = mismatch[version];
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const additional = new Set((vector.additional_headers ?? []).map((name) => name.toLowerCase()));
  const all: Mutation[] = [];
  for (const [at, [given, value]] of request.headers.entries()) {
    const name = given.toLowerCase();
    const change = (text: string, refused: string | undefined): void => {
      const changed = withHeader(request, at, given, text);
      all.push({ name: `${name}: ${text}`, request: changed, refused });
    };
    const dateCounts = mode === 'header' && (version === 'V2' || !names.has('x-oss-date'));
    if (name === 'authorization') continue;
    if (name === 'x-oss-content-sha256' && version === 'V4') {
      change(changeOne(value), 'InvalidArgument 0002-00000214');
    } else if (name === 'x-oss-security-token' || (name === 'security-token' && version === 'V1')) {
      change(changeOne(value), badToken);
    } else if (name === 'x-oss-date' || (name === 'date' && dateCounts)) {
      change(changeSecond(value), wrong);
    } else if (/^(x-oss-.*|content-type|content-md5)$/.test(name) || additional.has(name)) {
      change(value === '' ? 'x' : changeOne(value), wrong);
    } else {
      change(value === '' ? 'x' : changeOne(value), undefined);
    }
  }
  const more: HeaderPairs = [...request.headers, ['x-oss-added', 'x']];
  all.push({ name: 'x-oss header added', request: { ...request, headers: more }, refused: wrong });
  return all;
}

function authorizationMutations(vector: Vector, request: SignableRequest): Mutation[] {
  const at = request.headers.findIndex(([name]) => name === 'Authorization');
  const value = request.headers[at]?.[1] ?? '';
  const { version, access_key_id: id } = vector;
  const { signature } = vector.expected;
  const invalid = 'InvalidArgument 0002-00000';
  const malformed = { V1: `${invalid}063`, V2: `${invalid}104`, V4: `${invalid}202` }[version];
  const texts: [string, string][] = [
    [value.replace(signature, changeOne(signature, 0)), mismatch[version]],
    [value.replace(signature, signature.slice(1)), mismatch[version]],
    [`x${value}`, `${invalid}061`],
    [value.replace(' ', '  x'), malformed],
  ];
  if (version === 'V4') {
    const credential = /Credential=([^, ]+)/.exec(value)?.[1] ?? '';
    for (const [changed, refused] of scopeMutations(credential, `${invalid}213`)) {
      texts.push([value.replace(credential, changed), refused]);
    }
    const list = /AdditionalHeaders=([^, ]+)/.exec(value)?.[1];
    if (list !== undefined) texts.push([value.replace(list, `${list};zz`), mismatch.V4]);
  } else {
    texts.push([value.replace(id, changeOne(id)), unknownKey(id)]);
  }
  return texts.map(([text, refused]) => ({
    name: `Authorization: ${text}`,
    request: withHeader(request, at, 'Authorization', text),
    refused,
  }));
}
