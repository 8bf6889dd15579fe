import { OssError } from '@osskeep/protocol';
import { expect, test } from 'vitest';
import {
  ActionError,
  CommandError,
  exitCodes,
  PartialError,
  UsageError,
} from '../../src/failures/failures.ts';
import { reportFailure } from '../../src/failures/report-failure.ts';

function report(error: unknown): { text: string; code: number } {
  let text = '';
  const code = reportFailure(error, (more) => {
    text += more;
  });
  return { text, code };
}

function noSuchKey(message: string): OssError {
  const error = new OssError({ code: 'NoSuchKey', status: 404, message, ec: '0026-00000001' });
  error.requestId = '66B3A0';
  return error;
}

test('a refusal names code, EC, request id and a way out', () => {
  const cause = noSuchKey('The specified key does not exist.');
  const { text, code } = report(new ActionError('Cannot download oss://b/k', { cause }));
  expect(text).toBe(
    'osskeep: Cannot download oss://b/k: The specified key does not exist.\n' +
      '  Code: NoSuchKey (HTTP 404)  EC: 0026-00000001  RequestId: 66B3A0\n' +
      '  Hint: Check the name: keys are case-sensitive and taken literally.\n',
  );
  expect(code).toBe(exitCodes.refused);
});

test('exit codes are those of ossutil 2', () => {
  expect(exitCodes).toEqual({ success: 0, usage: 1, refused: 2, failure: 3, partial: 4 });
  expect(report(new UsageError('No.')).code).toBe(1);
  expect(report(noSuchKey('No.')).code).toBe(2);
  expect(report(new CommandError('No.', { hint: 'Do this.' }))).toEqual({
    text: 'osskeep: No.\n  Hint: Do this.\n',
    code: 3,
  });
  expect(report(new PartialError('1 of 2 failed.')).code).toBe(4);
});

test('what the server can prove goes before what usually helps', () => {
  const cause = new OssError({
    code: 'SignatureDoesNotMatch',
    status: 403,
    message: 'No.',
    details: { Hint: 'The link was made for GET.', ErrorDetail: 'More' },
  });
  expect(report(new ActionError('Cannot read', { cause })).text).toContain(
    '  Detail: More.\n  Hint: The link was made for GET.\n',
  );
});

test("a server's text cannot steer the terminal", () => {
  const { text } = report(noSuchKey('\u001b]0;owned\u0007 \u202egnp.exe\nosskeep: all is well'));
  expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(text.split('\n').filter((line) => line.startsWith('osskeep:'))).toHaveLength(1);
});

test('a code from a server never reaches into a prototype', () => {
  const error = new OssError({ code: 'constructor', status: 400, message: 'x' });
  expect(report(error).text).not.toContain('Hint');
});

test('signatures and tokens are hidden', () => {
  const url =
    'http://h/k?x-oss-signature=deadbeef&Signature=cafe%3D&x-oss-security-token=tok&x-oss-date=1';
  const { text } = report(new Error(`fetch of ${url} failed`));
  expect(text).not.toMatch(/deadbeef|cafe|tok&/);
  expect(text).toContain('x-oss-date=1');
});

test('a connection that fails says where to look', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
  });
  const cause = Object.assign(new Error('The request got no answer.', { cause: refused }), {
    name: 'TransportError',
  });
  const { text } = report(new ActionError('Cannot list', { cause }));
  expect(text).toContain('ECONNREFUSED 127.0.0.1:1');
  expect(text).toContain('osskeep serve');
});
