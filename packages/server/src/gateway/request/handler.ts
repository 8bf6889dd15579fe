// The server's half of an operation: who may call it, and what it does. Decoding and encoding
// happen around the handler, once for all, from the shared definition.
import type { Operation, OperationName } from '@osskeep/protocol';
import type { AccessNeed, Action } from '../../core/access/access-request.ts';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RequestView } from '../../core/context/request-view.ts';
import type { Eventually } from '../../core/ports/eventually.ts';
import type { Owner } from '../../core/records/model.ts';
import type { Store } from '../../core/store.ts';
import type { Described } from './described.ts';
import type { HostStyle } from './resource.ts';
import type { GatewaySettings } from './settings.ts';

/** What every handler may use besides its decoded input. */
export interface HandlerContext {
  readonly store: Store;
  readonly settings: GatewaySettings;
  /** What the store said of all that is known, when this request began. */
  readonly at: RequestView;
  /** Name of the bucket addressed, also when it does not exist yet. */
  readonly bucketName: string;
  /** Decoded key; empty at bucket level. */
  readonly key: string;
  /** Throws once the client has gone away. */
  readonly signal: Pick<AbortSignal, 'throwIfAborted'>;
  /** How the bucket was named. */
  readonly style: HostStyle;
  /** As `bucket`, where there may be none. */
  readonly existingBucket: Bucket | undefined;
  /** Tells the client what the real service would have refused; ASCII, one sentence. */
  readonly warn: (text: string) => void;
  /** The bucket addressed; throws NoSuchBucket where an operation may be called without one. */
  readonly bucket: Bucket;
  /** The account that signed; throws AccessDenied for an anonymous caller. */
  readonly owner: Owner;
}

/** What a handler is made of: the wire's definition, and what only a server adds to it. */
export interface HandlerDefinition<Name extends OperationName, Input, Output> {
  readonly operation: Operation<Name, Input, Output>;
  readonly action: Action;
  readonly need: AccessNeed;
  /** The signature is checked although the bucket is not there (choices row 1). */
  readonly withoutBucket?: true;
  readonly run: (input: Input, context: HandlerContext) => Eventually<Output | Described<Output>>;
}

/** `Input` and `Output` are the definition's own; the pipeline never looks inside either. */
export type Handler<Name extends OperationName = OperationName> = HandlerDefinition<
  Name,
  unknown,
  unknown
>;

/** Joins a definition, its permission and its few lines of work. */
export function handler<Name extends OperationName, Input, Output>(
  definition: HandlerDefinition<Name, Input, Output>,
): Handler<Name> {
  // A handler only ever runs with what its own definition decoded, and its answer is encoded by the
  // same: inside, the types are certain, outside nobody needs them.
  return definition as unknown as Handler<Name>;
}
