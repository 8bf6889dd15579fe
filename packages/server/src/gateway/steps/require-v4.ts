// A bucket can be set to take nothing but version 4: what a V1 signature covers can be read in two ways
// (the key `a?acl`, or `?acl` of the key `a`), and only the operator knows whether old clients are left.
import { ossError } from '@osskeep/protocol';
import type { Step } from './step.ts';

const message =
  'This bucket takes only requests signed with version 4 (OSS4-HMAC-SHA256). Set the signature version of' +
  ' your SDK to V4.';

/** Throws AccessDenied for a good signature of an older version. */
export const requireV4: Step = {
  run: ({ caller: { signatureVersion }, resource: { bucket }, settings: { v4Only } }) => {
    if (v4Only.size === 0 || signatureVersion === undefined || signatureVersion === 'v4') return;
    if (!v4Only.has('*') && (bucket === undefined || !v4Only.has(bucket))) return;
    throw ossError('AccessDenied', {}, { message });
  },
};
