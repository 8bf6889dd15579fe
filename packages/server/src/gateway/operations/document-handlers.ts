// Handlers of operations that put, get or delete one configuration document of a bucket: one call makes one.
// What a document is, and what it is refused for: the table in core/documents.
import { type ErrorCase, type Operation, type OperationName, ossError } from '@osskeep/protocol';
import type { Action } from '../../core/access/access-request.ts';
import type { Bucket } from '../../core/buckets/bucket.ts';
import type { RemovableDocumentName } from '../../core/buckets/bucket-documents.ts';
import type { BucketDocument, BucketDocumentName } from '../../core/documents/bucket-documents.ts';
import { whenThere } from '../../core/ports/eventually.ts';
import { type Handler, handler } from '../request/handler.ts';

type Nothing = Record<never, never>;

/** For documents that are stored, and shown, as they look on the wire. */
export function asItIs<Value>(value: Value): Value {
  return value;
}

/** `stored` makes the document of what came. */
export function putDocument<Name extends OperationName, Document extends BucketDocumentName, Input>(
  operation: Operation<Name, Input, Nothing>,
  action: Action,
  document: Document,
  stored: (input: Input) => BucketDocument<Document>,
): Handler<Name> {
  return handler({
    operation,
    action,
    need: 'own-bucket',
    run: async (input, { store, bucket }) => {
      await store.documents.put(bucket, document, stored(input));
      return {};
    },
  });
}

/**
 * `absent` is the answer for a bucket without the document, or throws the refusal (`refusedAs`). `shown` makes
 * the answer of the document.
 */
export function getDocument<
  Name extends OperationName,
  Document extends BucketDocumentName,
  Output,
>(
  operation: Operation<Name, Nothing, Output>,
  action: Action,
  document: Document,
  absent: (bucket: Bucket) => Output,
  shown: (value: BucketDocument<Document>) => Output,
): Handler<Name> {
  return handler({
    operation,
    action,
    need: 'own-bucket',
    run: (_, { store, bucket }) =>
      whenThere(store.documents.get(bucket, document), (value) =>
        value === undefined ? absent(bucket) : shown(value),
      ),
  });
}

/** For `absent` of `getDocument`: the refusal of this case, with the bucket's name. */
export function refusedAs(errorCase: ErrorCase): (bucket: Bucket) => never {
  return ({ name }) => {
    throw ossError(errorCase, { BucketName: name });
  };
}

/** No error where there is none. */
export function deleteDocument<Name extends OperationName>(
  operation: Operation<Name, Nothing, Nothing>,
  action: Action,
  document: RemovableDocumentName,
): Handler<Name> {
  return handler({
    operation,
    action,
    need: 'own-bucket',
    run: async (_, { store, bucket }) => {
      await store.documents.remove(bucket, document);
      return {};
    },
  });
}

/** `become` makes what becomes of the document, which may be nothing; undefined: it goes. No error where there is none. */
export function changeDocument<
  Name extends OperationName,
  Input,
  Document extends RemovableDocumentName,
>(
  operation: Operation<Name, Input, Nothing>,
  action: Action,
  document: Document,
  become: (
    input: Input,
    from: BucketDocument<Document>,
  ) => BucketDocument<Document> | 'unchanged' | undefined,
): Handler<Name> {
  return handler({
    operation,
    action,
    need: 'own-bucket',
    run: async (input, { store, bucket }) => {
      await store.documents.change(bucket, document, (from) => ({
        to: from === undefined ? 'unchanged' : become(input, from),
        answer: undefined,
      }));
      return {};
    },
  });
}
