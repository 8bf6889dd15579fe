// What happens to a key between the signer and the server: encoded twice, decoded too often, `+` taken
// for a space or the other way round, a slash too many, another Unicode form.
import { encodePath } from '../../http/percent.ts';
import type { SignableRequest } from '../elements/request.ts';
import { decodedOnce, type Mend, type Signed } from './mend.ts';

export function* keyMends(request: SignableRequest, signed: Signed): Iterable<Mend> {
  const { key } = request;
  if (key === undefined) return;
  for (const [other, sentence] of otherKeys(key, signed)) {
    if (other !== key && other !== '') yield { request: { ...request, key: other }, sentence };
  }
}

function* otherKeys(key: string, signed: Signed): Iterable<[other: string, sentence: string]> {
  yield [
    key.replaceAll(' ', '+'),
    `The ${signed} was made for a key with + where the path has a space: keep the +, or write it` +
      ' as %2B.',
  ];
  yield [
    key.replaceAll('+', ' '),
    `The ${signed} was made for a key with a space where the path has +: write a space in a path` +
      ' as %20.',
  ];
  yield [decodedOnce(key), 'The path is percent-encoded twice: send it as it was made.'];
  yield [encodePath(key), 'The path was percent-decoded on its way: send it as it was made.'];
  if (key.startsWith('/')) {
    yield [key.slice(1), 'The path has a slash too many before the key: leave it out.'];
  }
  if (key.endsWith('/')) {
    yield [key.slice(0, -1), 'The path has a slash too many after the key: leave it out.'];
  }
  for (const form of ['NFC', 'NFD'] as const) {
    yield [
      key.normalize(form),
      `The ${signed} was made for the same key in the Unicode form ${form}: send the path as it` +
        ' was made.',
    ];
  }
}
