// Tags, where a mistake would take away others than meant.
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  deleteBucketTags,
  encodeRequest,
  putBucketTags,
} from '../../../src/operations/index.ts';
import { requestMessage } from '../wire.ts';

const put = (body: string) =>
  decodeRequest(putBucketTags, requestMessage({ method: 'PUT', target: '/?tagging', body }));
const deleted = (target: string) =>
  decodeRequest(deleteBucketTags, requestMessage({ method: 'DELETE', target }));

describe('a document', () => {
  test('with an empty set has no tags', () => {
    expect(put('<Tagging><TagSet/></Tagging>')).toEqual({ tags: [] });
  });

  test.each([
    ['no set', '<Tagging/>'],
    ['tags outside of the set', '<Tagging><Tag><Key>a</Key><Value/></Tag></Tagging>'],
    ['a tag without a value', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>'],
    ['another root', '<TagSet/>'],
    ['no end', '<Tagging>'],
  ])('with %s is refused', (_what, body) => {
    expect(() => put(body)).toThrow(
      expect.objectContaining({ code: 'MalformedXML', status: 400, ec: '0010-00000101' }),
    );
  });
});

describe('a delete', () => {
  test.each([
    ['/?tagging', undefined],
    ['/?tagging=', undefined],
    ['/?tagging=a%2Cb', ['a', 'b']],
    ['/?tagging=%20a', [' a']],
    ['/?tagging=%2C', ['', '']],
    ['/?tagging=%20', [' ']],
  ])('%s names these', (target, keys) => {
    expect(deleted(target)).toEqual(keys === undefined ? {} : { keys });
  });

  test.each([[[]], [['']], [['a', '']], [['a,b']]])('of %j is not sent', (keys) => {
    expect(() => encodeRequest(deleteBucketTags, { keys })).toThrow(
      expect.objectContaining({ code: 'InvalidArgument' }),
    );
  });
});
