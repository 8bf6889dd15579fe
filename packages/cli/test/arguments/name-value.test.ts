import { expect, test } from 'vitest';
import {
  collectCname,
  collectHeader,
  collectList,
  collectQuery,
} from '../../src/arguments/name-value.ts';

test('query parameters collect, keep "=" in the value, and may be empty', () => {
  const first = collectQuery('x-oss-process=image/resize,w_100=1', undefined);
  expect(collectQuery('acl', first)).toEqual({ 'x-oss-process': 'image/resize,w_100=1', acl: '' });
  expect(() => collectQuery('acl', { acl: '' })).toThrow('given twice');
  expect(() => collectQuery('=x', undefined)).toThrow('name=value');
});

test('headers take ":" or "=" and refuse line breaks', () => {
  expect(collectHeader('Content-Type: text/plain', undefined)).toEqual({
    'content-type': 'text/plain',
  });
  expect(collectHeader('x-oss-meta-a=b=c', undefined)).toEqual({ 'x-oss-meta-a': 'b=c' });
  expect(() => collectHeader('a: b\r\nc: d', undefined)).toThrow();
  expect(() => collectHeader('Content-Type:x', { 'content-type': 'y' })).toThrow('given twice');
});

test('lists and bindings take commas and repetition', () => {
  expect(collectList('a.test, b.test', ['c.test'])).toEqual(['c.test', 'a.test', 'b.test']);
  expect(() => collectList('a,,b', undefined)).toThrow('empty');
  expect(collectCname('A.test=one,b.test=two', undefined)).toEqual({
    'a.test': 'one',
    'b.test': 'two',
  });
  expect(() => collectCname('a.test', undefined)).toThrow('DOMAIN=BUCKET');
  expect(() => collectCname('a.test=two', { 'a.test': 'one' })).toThrow('given twice');
});
