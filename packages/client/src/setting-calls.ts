// What a client does besides objects and listings of them: versioning and versions, ACLs, public access
// blocks, custom domains, cross-origin rules. Each is one `call`.
import {
  type CnameInput,
  type CnameToken,
  type CorsConfiguration,
  type CorsRule,
  createCnameToken,
  deleteBucketCors,
  deleteBucketPublicAccessBlock,
  deleteCname,
  deletePublicAccessBlock,
  type GetBucketAclOutput,
  type GetBucketVersioningOutput,
  type GetObjectAclInput,
  type GetObjectAclOutput,
  getBucketAcl,
  getBucketCors,
  getBucketPublicAccessBlock,
  getBucketVersioning,
  getCnameToken,
  getObjectAcl,
  getPublicAccessBlock,
  type ListCnameOutput,
  type ListObjectVersionsInput,
  type ListObjectVersionsOutput,
  listCname,
  listObjectVersions,
  type Operation,
  type PublicAccessBlock,
  type PutBucketAclInput,
  type PutBucketAclOutput,
  type PutBucketVersioningInput,
  type PutCnameInput,
  type PutObjectAclInput,
  type PutObjectAclOutput,
  putBucketAcl,
  putBucketCors,
  putBucketPublicAccessBlock,
  putBucketVersioning,
  putCname,
  putObjectAcl,
  putPublicAccessBlock,
  type VersionEntry,
} from '@osskeep/protocol';
import type { Target } from './address.ts';
import { type CallOptions, splitOptions } from './call-options.ts';
import { pages } from './pages.ts';

type Nothing = Record<never, never>;

/** A rule whose headers may be left out: none are allowed, none exposed. */
export type CorsRuleOptions = Omit<CorsRule, 'allowedHeaders' | 'exposeHeaders'> &
  Partial<CorsRule>;

export interface PutBucketCorsOptions extends Omit<CorsConfiguration, 'rules'> {
  rules: readonly CorsRuleOptions[];
}

type VersionMarkers = Pick<ListObjectVersionsInput, 'keyMarker' | 'versionIdMarker'>;

export abstract class SettingCalls {
  /** Any operation whose answer is small, by its definition. */
  abstract call<Input, Output>(
    operation: Operation<string, Input, Output>,
    target: Target,
    input: Input,
    options?: CallOptions,
  ): Promise<Output>;

  putBucketVersioning(input: PutBucketVersioningInput, options?: CallOptions): Promise<Nothing> {
    return this.call(putBucketVersioning, {}, input, options);
  }

  /** Without a `status` where versioning was never set. */
  getBucketVersioning(options?: CallOptions): Promise<GetBucketVersioningOutput> {
    return this.call(getBucketVersioning, {}, {}, options);
  }

  listObjectVersions(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): Promise<ListObjectVersionsOutput> {
    const whole: ListObjectVersionsInput = { encodingType: 'url', ...input };
    return this.call(listObjectVersions, {}, whole, options);
  }

  /** The pages of a listing of versions, one request each. */
  versionPages(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<ListObjectVersionsOutput, void, undefined> {
    const ask = (markers: VersionMarkers | undefined) =>
      this.listObjectVersions({ ...input, ...markers }, options);
    return pages(ask, nextMarkers, undefined, sameMarkers);
  }

  /**
   * Every version of every object and every delete marker, page by page: by key, the newest first.
   *
   * ```ts
   * for await (const entry of client.objectVersions({ prefix: 'photos/' })) {
   *   if (entry.kind === 'Version') console.log(entry.key, entry.versionId, entry.size);
   * }
   * ```
   */
  async *objectVersions(
    input: ListObjectVersionsInput = {},
    options?: CallOptions,
  ): AsyncGenerator<VersionEntry, void, undefined> {
    for await (const page of this.versionPages(input, options)) yield* page.entries;
  }

  /** Also makes the bucket where there is none. */
  putBucketAcl(input: PutBucketAclInput, options?: CallOptions): Promise<PutBucketAclOutput> {
    return this.call(putBucketAcl, {}, input, options);
  }

  getBucketAcl(options?: CallOptions): Promise<GetBucketAclOutput> {
    return this.call(getBucketAcl, {}, {}, options);
  }

  putObjectAcl(key: string, given: CallOptions & PutObjectAclInput): Promise<PutObjectAclOutput> {
    const { options, input } = splitOptions(given);
    return this.call(putObjectAcl, { key }, input, options);
  }

  getObjectAcl(
    key: string,
    given: CallOptions & GetObjectAclInput = {},
  ): Promise<GetObjectAclOutput> {
    const { options, input } = splitOptions(given);
    return this.call(getObjectAcl, { key }, input, options);
  }

  putBucketPublicAccessBlock(input: PublicAccessBlock, options?: CallOptions): Promise<Nothing> {
    return this.call(putBucketPublicAccessBlock, {}, input, options);
  }

  getBucketPublicAccessBlock(options?: CallOptions): Promise<PublicAccessBlock> {
    return this.call(getBucketPublicAccessBlock, {}, {}, options);
  }

  deleteBucketPublicAccessBlock(options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucketPublicAccessBlock, {}, {}, options);
  }

  /** Of the whole account. */
  putPublicAccessBlock(input: PublicAccessBlock, options?: CallOptions): Promise<Nothing> {
    return this.call(putPublicAccessBlock, {}, input, options);
  }

  getPublicAccessBlock(options?: CallOptions): Promise<PublicAccessBlock> {
    return this.call(getPublicAccessBlock, {}, {}, options);
  }

  deletePublicAccessBlock(options?: CallOptions): Promise<Nothing> {
    return this.call(deletePublicAccessBlock, {}, {}, options);
  }

  /**
   * Binds a domain to the bucket. Its owner proves it first, or this is refused with
   * NeedVerifyDomainOwnership:
   *
   * ```ts
   * const { token } = await client.createCnameToken({ domain: 'img.example.com' });
   * // TXT record of _dnsauth.img.example.com: the token
   * await client.putCname({ domain: 'img.example.com' });
   * ```
   */
  putCname(input: PutCnameInput, options?: CallOptions): Promise<Nothing> {
    return this.call(putCname, {}, input, options);
  }

  deleteCname(input: CnameInput, options?: CallOptions): Promise<Nothing> {
    return this.call(deleteCname, {}, input, options);
  }

  listCname(options?: CallOptions): Promise<ListCnameOutput> {
    return this.call(listCname, {}, {}, options);
  }

  createCnameToken(input: CnameInput, options?: CallOptions): Promise<CnameToken> {
    return this.call(createCnameToken, {}, input, options);
  }

  getCnameToken(input: CnameInput, options?: CallOptions): Promise<CnameToken> {
    return this.call(getCnameToken, {}, input, options);
  }

  /** Replaces all rules. At most 20; one `*` at most in each origin and header. */
  putBucketCors(input: PutBucketCorsOptions, options?: CallOptions): Promise<Nothing> {
    const rules = input.rules.map((rule) => ({ allowedHeaders: [], exposeHeaders: [], ...rule }));
    return this.call(putBucketCors, {}, { ...input, rules }, options);
  }

  getBucketCors(options?: CallOptions): Promise<CorsConfiguration> {
    return this.call(getBucketCors, {}, {}, options);
  }

  deleteBucketCors(options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucketCors, {}, {}, options);
  }
}

function nextMarkers(page: ListObjectVersionsOutput): VersionMarkers | undefined {
  const { nextKeyMarker: keyMarker, nextVersionIdMarker: versionIdMarker } = page;
  return keyMarker === undefined ? undefined : { keyMarker, versionIdMarker };
}

function sameMarkers(a: VersionMarkers, b: VersionMarkers | undefined): boolean {
  return a.keyMarker === b?.keyMarker && a.versionIdMarker === b?.versionIdMarker;
}
