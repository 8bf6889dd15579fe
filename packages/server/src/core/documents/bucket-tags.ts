// What a bucket's tags may be. Rules: operations reference §3.11, errors reference §3.
import { invalidArgumentCase, ossError, type Tagging, utf8Length } from '@osskeep/protocol';

const tagsMax = 20;
const keyBytesMax = 64;
const valueBytesMax = 128;
const reserved = /^(https?:\/\/|Aliyun)/;

/** Throws TooManyTags, RepeatedTags, InvalidTag, or InvalidArgument for a key that OSS keeps for itself. */
export function checkBucketTags({ tags }: Tagging): void {
  if (tags.length > tagsMax) throw ossError('TooManyTags');
  const seen = new Set<string>();
  for (const { key, value } of tags) {
    const keyBytes = utf8Length(key);
    if (keyBytes === 0 || keyBytes > keyBytesMax) throw ossError('InvalidTagKey', { TagKey: key });
    if (reserved.test(key)) throw invalidArgumentCase('ReservedTagPrefix', 'Key', key);
    if (utf8Length(value) > valueBytesMax) throw ossError('InvalidTagValue', { TagValue: value });
    if (seen.has(key)) throw ossError('RepeatedTags', { TagKey: key });
    seen.add(key);
  }
}
