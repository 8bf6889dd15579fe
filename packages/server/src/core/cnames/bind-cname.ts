// PutCname and DeleteCname. A domain leads to one bucket; whoever proves by its TXT record that it is
// theirs may bind it, also away from another bucket. Rules: operations reference T1-52, T1-53.
import { ossError } from '@osskeep/protocol';
import type { Bucket } from '../buckets/bucket.ts';
import type { BucketDocuments } from '../buckets/bucket-documents.ts';
import { currentBucket, guardAgain } from '../buckets/change-document.ts';
import type { CoreContext } from '../context/context.ts';
import { bucketDocumentIn, bucketDocumentRow } from '../documents/bucket-documents.ts';
import { bucketDocumentKey, bucketGuardKey, domainKey } from '../keys/configuration-keys.ts';
import type { Commit, Row } from '../ports/metadata.ts';
import { readRows } from '../ports/read-rows.ts';
import { decodeBucketGuard } from '../records/bucket-guard.ts';
import {
  type DomainBinding,
  type DomainCertificate,
  decodeDomainBinding,
  encodeDomainBinding,
} from '../records/domain-binding.ts';
import { sealNonceBytes } from '../records/sealed.ts';
import { findCnameToken, tokenRecordName } from './cname-token.ts';
import { checkCertificate } from './domain-certificate.ts';

export interface BindCname {
  /** Lower case; the caller checked that it may be bound at all. */
  readonly domain: string;
  /** The operator vouches for it: no token is asked for. */
  readonly isVouchedFor?: boolean | undefined;
  /** PEM; both or none. */
  readonly certificate?: string | undefined;
  readonly privateKey?: string | undefined;
  /** The certificate that is to be replaced; another one in place is a conflict. */
  readonly previousCertId?: string | undefined;
  /** Replaces whatever certificate there is. */
  readonly force?: boolean | undefined;
  readonly deleteCertificate?: boolean | undefined;
}

type Check = NonNullable<Commit['check']>[number];
type Write = NonNullable<Commit['set']>[number];

/** Of one bucket (operations reference §3.11). */
const cnamesMax = 100;
const certIdDigits = 8;

function cnamesKey(bucketId: Buffer): Buffer {
  return bucketDocumentKey(bucketId, 'cname');
}

function domainsIn(row: Row | null | undefined): readonly string[] {
  return bucketDocumentIn('cname', row)?.domains ?? [];
}

export async function bindCname(
  core: CoreContext,
  documents: BucketDocuments,
  bucket: Bucket,
  wish: BindCname,
): Promise<void> {
  const { domain, certificate, privateKey } = wish;
  if (certificate !== undefined && privateKey !== undefined) {
    checkCertificate(domain, certificate, privateKey);
  }
  const isProved =
    wish.isVouchedFor === true || (await isOwnershipProved(core, documents, bucket, domain));
  // One queue for all domains: a binding may touch two buckets.
  await core.transactor.run('cnames', async () => {
    const read = await currentBucket(core, bucket);
    const now = read.bucket;
    const keys = [domainKey(domain), cnamesKey(now.id)];
    const [row, mine] = await readRows(core.metadata, keys);
    const old =
      row == null ? undefined : decodeDomainBinding(domain, row.value, core.settings.masterKey);
    const isHere = old?.bucketId.equals(now.id) === true;
    if (old !== undefined && !isHere) refuseTaken(now, old, isProved);
    if (!isHere && !isProved) throw ossError('NeedVerifyDomainOwnership', named(now, domain));
    const domains = domainsIn(mine);
    if (!isHere && domains.length >= cnamesMax) {
      throw ossError('TooManyCnames', named(now, domain));
    }
    const binding: DomainBinding = {
      domain,
      bucketId: now.id,
      bucketName: now.name,
      ownerId: now.owner.id,
      boundMs: isHere ? old.boundMs : core.clock.now(),
      certificate: certificateAfter(core, now, isHere ? old.certificate : undefined, wish),
    };
    const nonce = core.random.bytes(sealNonceBytes);
    const value = encodeDomainBinding(binding, core.settings.masterKey, nonce);
    const guard = guardAgain(read);
    const check = [guard.check, { key: domainKey(domain), stamp: row?.stamp ?? null }];
    const set = [{ key: domainKey(domain), value }, guard.set];
    if (!isHere) set.push(bucketDocumentRow(now.id, 'cname', { domains: [...domains, domain] }));
    const taken = old === undefined || isHere ? undefined : await takenFrom(core, old);
    if (taken === undefined) return { commit: { check, set }, answer: () => undefined };
    return {
      commit: { check: [...check, taken.check], set: [...set, ...taken.set] },
      answer: () => undefined,
    };
  });
}

/** The bucket that had a domain lists it no more; undefined where that bucket is gone. */
async function takenFrom(
  core: CoreContext,
  { bucketId, bucketName, domain }: DomainBinding,
): Promise<{ check: Check; set: readonly Write[] } | undefined> {
  const keys = [bucketGuardKey(bucketName), cnamesKey(bucketId)];
  const [guard, theirs] = await readRows(core.metadata, keys);
  if (guard == null || !decodeBucketGuard(guard.value).bucketId.equals(bucketId)) return undefined;
  const domains = domainsIn(theirs).filter((name) => name !== domain);
  const again = guardAgain({ guard });
  return {
    check: again.check,
    set: [again.set, bucketDocumentRow(bucketId, 'cname', { domains })],
  };
}

async function isOwnershipProved(
  core: CoreContext,
  documents: BucketDocuments,
  bucket: Bucket,
  domain: string,
): Promise<boolean> {
  const token = await findCnameToken(core, documents, bucket, domain);
  if (token === undefined) return false;
  let texts: readonly string[];
  try {
    texts = await core.domainTexts.find(tokenRecordName(domain));
  } catch {
    return false;
  }
  return texts.some((text) => text.trim() === token.token);
}

/** From a stranger's bucket the proof takes it; the owner of both has to let it go first. */
function refuseTaken(bucket: Bucket, old: DomainBinding, isProved: boolean): void {
  if (old.ownerId === bucket.owner.id) {
    throw ossError('CnameAlreadyExists', named(bucket, old.domain));
  }
  if (!isProved) throw ossError('CnameDenied', named(bucket, old.domain));
}

function named(bucket: Bucket, domain: string): Record<string, string> {
  return { Bucket: bucket.name, Cname: domain };
}

function certificateAfter(
  core: CoreContext,
  bucket: Bucket,
  old: DomainCertificate | undefined,
  wish: BindCname,
): DomainCertificate | undefined {
  const { certificate, privateKey, previousCertId, force } = wish;
  const isChanged = certificate !== undefined || wish.deleteCertificate === true;
  const isExpected = previousCertId === undefined || previousCertId === old?.certId;
  if (isChanged && force !== true && !isExpected) {
    throw ossError('CasRenewCertificateConflict', named(bucket, wish.domain));
  }
  if (wish.deleteCertificate === true) return undefined;
  if (certificate === undefined || privateKey === undefined) return old;
  const digits = String(core.random.bytes(6).readUIntBE(0, 6)).slice(-certIdDigits);
  const certId = `${digits.padStart(certIdDigits, '0')}-${bucket.region}`;
  return { certId, certificate, privateKey, createdMs: core.clock.now() };
}

/** A domain that does not lead to this bucket stays as it is; that is no error. */
export async function unbindCname(
  core: CoreContext,
  bucket: Bucket,
  domain: string,
): Promise<void> {
  await core.transactor.run('cnames', async () => {
    const now = await currentBucket(core, bucket);
    const { id } = now.bucket;
    const keys = [domainKey(domain), cnamesKey(id)];
    const [row, mine] = await readRows(core.metadata, keys);
    const domains = domainsIn(mine);
    if (row == null || !domains.includes(domain)) return { answer: undefined };
    const left = domains.filter((name) => name !== domain);
    const guard = guardAgain(now);
    return {
      commit: {
        check: [guard.check, { key: domainKey(domain), stamp: row.stamp }],
        set: [guard.set, bucketDocumentRow(id, 'cname', { domains: left })],
        del: [domainKey(domain)],
      },
      answer: () => undefined,
    };
  });
}
