// `oss://bucket/key`, the way people and ossutil name things. The key stands as it is: nothing is
// percent-decoded, `?` and `#` belong to it.
import { invalidArgument } from '../errors/refuse.ts';
import { isBucketName } from './bucket-name.ts';

export interface OssUri {
  /** Absent in a bare `oss://`, which means the service. */
  readonly bucket?: string | undefined;
  /** Key or prefix, not checked; absent = the bucket itself. */
  readonly key?: string | undefined;
}

const scheme = /^oss:\/\//i;
const shownCharactersMax = 128;

export function isOssUri(text: string): boolean {
  return scheme.test(text);
}

export function parseOssUri(text: string): OssUri {
  if (!isOssUri(text)) throw refused(text, 'Write it as oss://bucket/key.');
  const rest = text.slice(6);
  if (rest === '') return {};
  const slash = rest.indexOf('/');
  const bucket = slash === -1 ? rest : rest.slice(0, slash);
  if (!isBucketName(bucket)) {
    throw refused(
      text,
      'The part after oss:// must be a bucket name: 3 to 63 of a-z, 0-9 and -, with a letter or' +
        ' digit at both ends.',
    );
  }
  const key = slash === -1 ? '' : rest.slice(slash + 1);
  return key === '' ? { bucket } : { bucket, key };
}

export function formatOssUri(uri: OssUri): string {
  if (uri.bucket === undefined) return 'oss://';
  return uri.key === undefined ? `oss://${uri.bucket}` : `oss://${uri.bucket}/${uri.key}`;
}

function refused(text: string, message: string): ReturnType<typeof invalidArgument> {
  return invalidArgument('uri', text.slice(0, shownCharactersMax), message);
}
