// Tokens that prove the ownership of a domain: whoever can put one into the domain's TXT record may
// bind the domain. Rules: operations reference T1-55, T1-56.

import { cnameTokenNotFound } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import { currentBucket } from '../buckets/bucket-settings.ts';
import { newEpoch } from '../context/configuration.ts';
import type { CoreContext } from '../context/context.ts';
import { bucketDocumentKey, bucketGuardKey } from '../keys/configuration-keys.ts';
import { readRow } from '../ports/read-rows.ts';
import {
  decodeBucketDocument,
  encodeBucketDocument,
  type StoredCnameToken,
} from '../records/bucket-document.ts';

export interface CnameToken {
  readonly domain: string;
  readonly token: string;
  readonly expiresMs: number;
}

/** The record that has to hold the token, `_dnsauth.www.example.com`. */
export function tokenRecordName(domain: string): string {
  return `_dnsauth.${domain}`;
}

const document = 'cnameTokens';
const lifetimeMs = 72 * 3_600_000;
const tokenBytes = 16;
/** Of one bucket; the oldest goes when there is one more. */
const tokensMax = 100;

export function cnameTokensKey(bucket: Pick<Bucket, 'id'>): Buffer {
  return bucketDocumentKey(bucket.id, document);
}

async function readTokens(core: CoreContext, bucket: Bucket): Promise<readonly StoredCnameToken[]> {
  const row = await readRow(core.metadata, cnameTokensKey(bucket));
  const tokens = row == null ? [] : decodeBucketDocument(document, row.value).tokens;
  return tokens.filter(([, , expiresMs]) => expiresMs > core.clock.now());
}

function named([domain, token, expiresMs]: StoredCnameToken): CnameToken {
  return { domain, token, expiresMs };
}

export async function findCnameToken(
  core: CoreContext,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken | undefined> {
  const found = (await readTokens(core, bucket)).find(([name]) => name === domain);
  return found === undefined ? undefined : named(found);
}

/** Throws CnameTokenNotFound. */
export async function getCnameToken(
  core: CoreContext,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken> {
  const found = await findCnameToken(core, bucket, domain);
  if (found === undefined) throw cnameTokenNotFound(bucket.name, domain);
  return found;
}

/** A token that is still good is given again: it may stand in a TXT record already. */
export async function createCnameToken(
  core: CoreContext,
  bucket: Bucket,
  domain: string,
): Promise<CnameToken> {
  return core.transactor.run(`bucket ${bucket.name}`, async () => {
    const now = await currentBucket(core, bucket);
    const tokens = await readTokens(core, now);
    const known = tokens.find(([name]) => name === domain);
    if (known !== undefined) return { answer: named(known) };
    const text = core.random.bytes(tokenBytes).toString('hex');
    const made: StoredCnameToken = [domain, text, core.clock.now() + lifetimeMs];
    const kept = [...tokens, made].slice(-tokensMax);
    const value = encodeBucketDocument<typeof document>({ tokens: kept });
    return {
      commit: {
        check: [{ key: bucketGuardKey(now.name), stamp: now.guardStamp }],
        set: [{ key: cnameTokensKey(now), value }, newEpoch],
      },
      answer: () => named(made),
    };
  });
}
