// The refusal of a wrong signature: it shows what the server calculated from, so that the signer
// can compare, and never the right signature.
import { toHex } from '../../checksum/bytes-text.ts';
import { ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';

const encoder = new TextEncoder();

export function signatureMismatch(
  errorCase: ErrorCase,
  presented: { readonly accessKeyId: string; readonly signature: string },
  stringToSign: string,
  canonicalRequest?: string,
): Error {
  const details: Record<string, string> = {
    OSSAccessKeyId: presented.accessKeyId,
    SignatureProvided: presented.signature,
    StringToSign: stringToSign,
    StringToSignBytes: spacedHex(stringToSign),
  };
  if (canonicalRequest !== undefined) details['CanonicalRequest'] = canonicalRequest;
  return ossError(errorCase, details);
}

/** `50 55 54 `: upper-case hex of the UTF-8 bytes, a space after each (signing reference §7.2). */
function spacedHex(text: string): string {
  return toHex(encoder.encode(text)).toUpperCase().replaceAll(/../g, '$& ');
}
