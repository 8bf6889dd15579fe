// A custom domain bound to a bucket (H), with the certificate that was uploaded for it. The private
// key is encrypted with the master key; the domain is authenticated with it.
import { readU64, writeU64 } from '../keys/bytes.ts';
import { type BucketId, bucketIdBytes } from '../keys/configuration-keys.ts';
import { checkFormat } from './format.ts';
import { type MasterKey, seal, sealNonceBytes, unseal } from './sealed.ts';
import { packTail, unpackTail } from './tail.ts';

export interface DomainCertificate {
  /** Names this certificate among all that the domain ever had. */
  readonly certId: string;
  /** PEM, the leaf first. */
  readonly certificate: string;
  /** PEM. */
  readonly privateKey: string;
  readonly createdMs: number;
}

export interface DomainBinding {
  /** Lower case. */
  readonly domain: string;
  readonly bucketId: BucketId;
  readonly bucketName: string;
  readonly ownerId: string;
  readonly boundMs: number;
  readonly certificate?: DomainCertificate | undefined;
}

const format = 1;
const at = { bucketId: 1, bound: 9, sealedLength: 17, nonce: 21 } as const;
const sealedAt = at.nonce + sealNonceBytes;

export function encodeDomainBinding(
  binding: DomainBinding,
  masterKey: MasterKey,
  nonce: Buffer,
): Buffer {
  const { certificate, domain } = binding;
  const sealed =
    certificate === undefined
      ? Buffer.alloc(0)
      : seal(Buffer.from(certificate.privateKey), masterKey, nonce, domain);
  const fixed = Buffer.alloc(sealedAt);
  fixed[0] = format;
  fixed.set(binding.bucketId, at.bucketId);
  writeU64(fixed, binding.boundMs, at.bound);
  fixed.writeUInt32BE(sealed.length, at.sealedLength);
  fixed.set(nonce, at.nonce);
  const tail: [string, unknown][] = [
    ['b', binding.bucketName],
    ['o', binding.ownerId],
  ];
  if (certificate !== undefined) {
    tail.push(['c', [certificate.certId, certificate.certificate, certificate.createdMs]]);
  }
  return Buffer.concat([fixed, sealed, packTail(new Map(tail))]);
}

/** Where the domain leads; the certificate is not decrypted. */
function decodeDomainTarget(
  value: Buffer,
): Pick<DomainBinding, 'bucketId' | 'bucketName' | 'ownerId'> {
  const tail = tailOf(value);
  return {
    bucketId: Buffer.from(value.subarray(at.bucketId, at.bucketId + bucketIdBytes)),
    bucketName: String(tail.get('b')),
    ownerId: String(tail.get('o')),
  };
}

export function decodeDomainBinding(
  domain: string,
  value: Buffer,
  masterKey: MasterKey,
): DomainBinding {
  const target = decodeDomainTarget(value);
  const stored = tailOf(value).get('c') as [string, string, number] | undefined;
  const binding = { domain, ...target, boundMs: readU64(value, at.bound) };
  if (stored === undefined) return binding;
  const [certId, certificate, createdMs] = stored;
  const nonce = value.subarray(at.nonce, sealedAt);
  const privateKey = unseal(value.subarray(sealedAt, sealedEnd(value)), masterKey, nonce, domain);
  return {
    ...binding,
    certificate: { certId, certificate, createdMs, privateKey: privateKey.toString() },
  };
}

function sealedEnd(value: Buffer): number {
  return sealedAt + value.readUInt32BE(at.sealedLength);
}

function tailOf(value: Buffer): ReadonlyMap<string, unknown> {
  checkFormat('domain binding', value, format, sealedAt);
  return unpackTail(value.subarray(sealedEnd(value)));
}
