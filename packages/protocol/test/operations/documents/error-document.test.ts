// The error document: what a server writes is what clients compare, and what any server writes, or
// another program in its place, is read without surprises (signing reference §7.1, errors reference §1).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noSuchKey, OssError, ossError } from '../../../src/errors/index.ts';
import {
  parseErrorDocument,
  parseErrorHeader,
  renderErrorDocument,
} from '../../../src/operations/index.ts';

const context = { requestId: '5C3D9175B6FC201293AD4890', hostId: 'examplebucket.localhost:6770' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('written', () => {
  test('in the order of the reference, with a declaration', () => {
    expect(renderErrorDocument(noSuchKey('a&b'), context)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code>' +
        '<Message>The specified key does not exist.</Message>' +
        '<RequestId>5C3D9175B6FC201293AD4890</RequestId>' +
        '<HostId>examplebucket.localhost:6770</HostId><Key>a&amp;b</Key>' +
        '<EC>0026-00000001</EC>' +
        '<RecommendDoc>https://api.aliyun.com/troubleshoot?q=0026-00000001</RecommendDoc></Error>',
    );
  });

  test('without EC where there is none', () => {
    const error = new OssError({ code: 'NoSuchVersion', status: 404, message: 'm' });
    const document = renderErrorDocument(error, context);
    expect(document).toMatch(/<\/HostId><\/Error>$/);
    expect(document).not.toContain('EC>');
  });

  test('whatever the request held that is repeated', () => {
    const error = ossError('InvalidObjectName', { ObjectName: 'a\0b\ud800\x01</Error>' });
    const read = parseErrorDocument(utf8(renderErrorDocument(error, context)), 400);
    expect(read?.details).toEqual({ ObjectName: 'a\ufffdb\ufffd\x01</Error>' });
  });
});

describe('read', () => {
  test('as it was written', () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((given) => !given.includes('\0') && given.trim() !== '');
    const detail = fc.constantFrom('BucketName', 'Key', 'Content-MD5', 'StringToSign', '__proto__');
    fc.assert(
      fc.property(
        text,
        fc.uniqueArray(fc.tuple(detail, text), { selector: ([name]) => name }),
        fc.option(fc.constant('0002-00000040'), { nil: undefined }),
        (message, details, ec) => {
          const error = new OssError({
            code: 'AccessDenied',
            status: 403,
            message,
            ec,
            details: Object.fromEntries(details),
          });
          const read = parseErrorDocument(utf8(renderErrorDocument(error, context)), 403);
          expect(read).toBeInstanceOf(OssError);
          expect(read).toMatchObject({ code: 'AccessDenied', status: 403, message, ...context });
          expect(read?.ec).toBe(ec);
          expect(Object.entries(read?.details ?? {})).toEqual(details);
        },
      ),
    );
  });

  test('with a namespace, white space, other order and unknown elements', () => {
    const document = `<?xml version="1.0" ?>
<Error xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">
  <HostId> oss-cn-hangzhou.aliyuncs.com </HostId>
  <Later/>
  <Code>
    NoSuchBucket
  </Code>
  <BucketName>b</BucketName>
  <RequestId>5C3D9175B6FC201293AD4890</RequestId>
</Error>`;
    const read = parseErrorDocument(utf8(document), 404);
    expect(read).toMatchObject({
      code: 'NoSuchBucket',
      status: 404,
      message: 'NoSuchBucket',
      hostId: 'oss-cn-hangzhou.aliyuncs.com',
      requestId: '5C3D9175B6FC201293AD4890',
      details: { Later: '', BucketName: 'b' },
    });
    expect(read?.ec).toBeUndefined();
  });

  test('from the header of an answer without a body', () => {
    const header = base64(renderErrorDocument(noSuchKey('中'), context));
    expect(parseErrorHeader(` ${header} `, 404)).toMatchObject({
      code: 'NoSuchKey',
      details: { Key: '中' },
      requestId: context.requestId,
    });
  });

  test.each([
    ['a page of a proxy', '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>'],
    ['a page that is XML', '<html><body>Bad Gateway</body></html>'],
    ['JSON', '{"Error":{"Code":"AccessDenied"}}'],
    ['nothing', ''],
    ['an error without a code', '<Error><Message>m</Message></Error>'],
    ['an error with an empty code', '<Error><Code> </Code></Error>'],
    ['half a document', '<Error><Code>NoSuchKey</Code>'],
  ])('%s is none', (_, body) => {
    expect(parseErrorDocument(utf8(body), 502)).toBeUndefined();
    expect(parseErrorHeader(base64(body), 502)).toBeUndefined();
  });

  test('bytes and headers that are neither text nor base64 are none', () => {
    expect(parseErrorDocument(Uint8Array.of(0xff, 0xfe, 0), 500)).toBeUndefined();
    expect(parseErrorHeader('not base64!', 500)).toBeUndefined();
  });
});
