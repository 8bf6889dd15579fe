// User metadata: every `x-oss-meta-*` header, names in lower case, values as text
// (operations reference §3.6).
import { invalidArgument } from '../../errors/refuse.ts';
import type { Field } from '../definition/operation.ts';
import { setHeader } from './set-header.ts';

export const metadataPrefix = 'x-oss-meta-';
/** Bytes of all names and values of an object's user metadata. */
export const metadataBytesMax = 8_192;

const encoder = new TextEncoder();
/** What HTTP takes for a name. OSS documents letters, digits and hyphens; clients send more. */
const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

export const metadata: Field<Readonly<Record<string, string>>> = {
  encode: (value, message) => {
    for (const [name, text] of Object.entries(value)) {
      const full = metadataPrefix + name.toLowerCase();
      if (!headerName.test(name.toLowerCase())) {
        const rule = 'Names of user metadata are made of letters, digits and hyphens.';
        throw invalidArgument(metadataPrefix, name.replace(/[^ -~]/g, '?'), rule);
      }
      if (message.headers.has(full)) {
        throw invalidArgument(full, text, 'Names of user metadata must differ in more than case.');
      }
      setHeader(message, full, text);
    }
  },
  decode: (message) => {
    // No prototype: a name such as `__proto__` must be a name like any other.
    const found: Record<string, string> = Object.create(null) as Record<string, string>;
    let bytes = 0;
    for (const [name, value] of message.headers) {
      if (!name.startsWith(metadataPrefix)) continue;
      const short = name.slice(metadataPrefix.length);
      if (short === '') throw invalidArgument(name, value, 'The metadata has no name.');
      bytes += short.length + encoder.encode(value).length;
      found[short] = value;
    }
    if (bytes > metadataBytesMax) {
      throw invalidArgument(
        metadataPrefix,
        `${bytes} bytes`,
        `The user metadata must not be larger than ${metadataBytesMax} bytes.`,
      );
    }
    return found;
  },
};
