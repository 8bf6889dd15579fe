// The server's half of an operation: who may call it, and what it does. Decoding and encoding
// happen around the handler, once for all, from the shared definition.
import type { Operation, OperationName } from '@osskeep/protocol';
import type { Principal } from '../core/access/authorize.ts';
import type { Bucket } from '../core/buckets/bucket.ts';
import type { Owner } from '../core/model.ts';
import type { Store } from '../core/store.ts';
import type { GatewaySettings } from './settings.ts';

/** What a caller needs to be. Anything but `signed` asks the bucket's and the object's ACL. */
export type Need = 'signed' | 'own-bucket' | 'list-objects' | 'read-object' | 'write-object';

/** What every handler may use besides its decoded input. */
export interface HandlerContext {
  readonly store: Store;
  readonly settings: GatewaySettings;
  readonly principal: Principal;
  /** Name of the bucket addressed, also when it does not exist yet. */
  readonly bucketName: string;
  /** Decoded key; empty at bucket level. */
  readonly key: string;
  readonly nowMs: number;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** The bucket addressed; throws NoSuchBucket where an operation may be called without one. */
  readonly bucket: Bucket;
  /** The account that signed; throws AccessDenied for an anonymous caller. */
  readonly owner: Owner;
}

export interface Handler<Input = never, Output = unknown> {
  readonly operation: Operation<OperationName, Input, Output>;
  /** The permission's name in policies, `oss:PutObject`. */
  readonly action: `oss:${string}`;
  readonly need: Need;
  /** The signature is checked although the bucket is not there (design §8 row 1). */
  readonly withoutBucket: boolean;
  readonly run: (input: Input, context: HandlerContext) => Promise<Output>;
}

/** Joins a definition, its permission and its few lines of work. */
export function handler<Name extends OperationName, Input, Output>(
  operation: Operation<Name, Input, Output>,
  action: `oss:${string}`,
  need: Need,
  run: (input: Input, context: HandlerContext) => Promise<Output>,
  options: { withoutBucket?: boolean } = {},
): Handler<Input, Output> {
  return {
    // A handler is only ever run with what its own definition decoded.
    operation: operation as Operation<OperationName, Input, Output>,
    action,
    need,
    withoutBucket: options.withoutBucket ?? false,
    run,
  };
}
