import { listObjectsV2, maxKeysDefault } from '@osskeep/protocol';
import { handler } from '../../request/handler.ts';
import { decodeContinuation, encodeContinuation } from './continuation-token.ts';
import { objectSummary } from './object-summary.ts';

export const listObjectsV2Handler = handler({
  operation: listObjectsV2,
  action: 'oss:ListObjects',
  need: 'list-objects',
  run: async (input, { store, bucket }) => {
    const { prefix, delimiter, startAfter, continuationToken, encodingType } = input;
    const limit = input.maxKeys ?? maxKeysDefault;
    const after =
      continuationToken === undefined ? startAfter : decodeContinuation(continuationToken);
    const page = await store.objects.list(bucket, { prefix, delimiter, after, limit });
    const owner = input.fetchOwner === true ? bucket.owner : undefined;
    return {
      name: bucket.name,
      prefix,
      startAfter,
      continuationToken,
      maxKeys: limit,
      delimiter,
      encodingType,
      isTruncated: page.isTruncated,
      nextContinuationToken: page.next === undefined ? undefined : encodeContinuation(page.next),
      keyCount: page.objects.length + page.commonPrefixes.length,
      contents: page.objects.map((object) => objectSummary(object, owner)),
      commonPrefixes: page.commonPrefixes.map((common) => ({ prefix: common })),
    };
  },
});
