// Who may do what: ACLs and public access blocks.
import {
  deleteBucketPublicAccessBlock,
  deletePublicAccessBlock,
  type GetBucketAclOutput,
  type GetObjectAclInput,
  type GetObjectAclOutput,
  getBucketAcl,
  getBucketPublicAccessBlock,
  getObjectAcl,
  getPublicAccessBlock,
  type PublicAccessBlock,
  type PutBucketAclInput,
  type PutBucketAclOutput,
  type PutObjectAclInput,
  type PutObjectAclOutput,
  putBucketAcl,
  putBucketPublicAccessBlock,
  putObjectAcl,
  putPublicAccessBlock,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import type { Nothing } from '../calling/nothing.ts';
import { type CallOptions, splitOptions } from '../requests/call-options.ts';

export class AccessCalls extends Caller {
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
}
