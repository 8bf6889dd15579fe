// Tokens that prove the ownership of a domain: whoever can put one into the domain's TXT record may
// bind the domain. Rules: operations reference T1-55, T1-56.
import { cnameTokenNotFound } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { BucketDocuments } from '../buckets/bucket-documents.ts';
import type { CoreContext } from '../context/context.ts';
import type { BucketDocument, CnameToken } from '../documents/bucket-documents.ts';

/** The record that has to hold the token, `_dnsauth.www.example.com`. */
export function tokenRecordName(domain: string): string {
  return `_dnsauth.${domain}`;
}

const document = 'cnameTokens';
const lifetimeMs = 72 * 3_600_000;
const tokenBytes = 16;
/** Of one bucket; the oldest goes when there is one more. */
const tokensMax = 100;

function stillGood(
  { clock }: CoreContext,
  stored: BucketDocument<typeof document> | undefined,
): readonly CnameToken[] {
  return (stored?.tokens ?? []).filter(({ expiresMs }) => expiresMs > clock.now());
}

export async function findCnameToken(
  core: CoreContext,
  documents: BucketDocuments,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken | undefined> {
  const tokens = stillGood(core, await documents.get(bucket, document));
  return tokens.find((token) => token.domain === domain);
}

/** Throws CnameTokenNotFound. */
export async function getCnameToken(
  core: CoreContext,
  documents: BucketDocuments,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken> {
  const found = await findCnameToken(core, documents, bucket, domain);
  if (found === undefined) throw cnameTokenNotFound(bucket.name, domain);
  return found;
}

/** A token that is still good is given again: it may stand in a TXT record already. */
export async function createCnameToken(
  core: CoreContext,
  documents: BucketDocuments,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken> {
  return documents.change(bucket, document, (stored) => {
    const tokens = stillGood(core, stored);
    const known = tokens.find((token) => token.domain === domain);
    if (known !== undefined) return { to: 'unchanged', answer: known };
    const token = core.random.bytes(tokenBytes).toString('hex');
    const made = { domain, token, expiresMs: core.clock.now() + lifetimeMs };
    return { to: { tokens: [...tokens, made].slice(-tokensMax) }, answer: made };
  });
}
