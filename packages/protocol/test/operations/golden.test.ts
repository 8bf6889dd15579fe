// Literal bytes against both directions of every operation (testing reference §1, golden bytes).
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
} from '../../src/operations/index.ts';
import { fixtures } from './fixtures/index.ts';
import { plain, queryOf, requestMessage, responseMessage } from './wire.ts';

const source =
  /^(ali-oss \d+\.\d+\.\d+, .|oss2 \d+\.\d+\.\d+ \(Python\), .|alibabacloud-oss-v2 \d+\.\d+\.\d+ \(Python\), .|operations reference (T[012]-\d+|§\d))/;

describe.each(fixtures)('$operation.name', ({ operation, requests, responses }) => {
  test.each(requests)('request of $source', ({ wire, input, source: from }) => {
    expect(from).toMatch(source);
    expect(operation.route.method).toBe(wire.method);
    expect(decodeRequest(operation, requestMessage(wire))).toEqual(input);
    expect(plain(encodeRequest(operation, input))).toEqual({
      status: 0,
      query: Object.fromEntries(queryOf(wire.target)),
      headers: wire.headers ?? {},
      body: wire.body ?? '',
    });
  });

  test.each(responses)('response of $source', ({ wire, output, source: from }) => {
    expect(from).toMatch(source);
    expect(decodeResponse(operation, responseMessage(wire))).toEqual(output);
    expect(plain(encodeResponse(operation, output))).toEqual({
      status: wire.status,
      query: {},
      headers: wire.headers ?? {},
      body: wire.body ?? '',
    });
  });
});
