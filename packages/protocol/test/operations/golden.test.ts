// Literal bytes against both directions of every operation (testing reference §1, golden bytes).
import { describe, expect, test } from 'vitest';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  operationNames,
  operations,
} from '../../src/operations/index.ts';
import type { Operation } from '../../src/operations/operation.ts';
import type { Golden } from './golden/golden.ts';
import { golden } from './golden/index.ts';
import { plain, queryOf, requestMessage, responseMessage } from './wire.ts';

// One loop over operations of different types: what belongs together is certain from the name alone.
type Any = Operation<string, unknown, unknown>;

const source =
  /^(ali-oss \d+\.\d+\.\d+, .|oss2 \d+\.\d+\.\d+ \(Python\), .|alibabacloud-oss-v2 \d+\.\d+\.\d+ \(Python\), .|operations reference (T[012]-\d+|§\d))/;

describe.each([...operationNames])('%s', (name) => {
  const operation = operations[name] as unknown as Any;
  const { requests, responses } = golden[name] as unknown as Golden<unknown, unknown>;

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
