// Frames of the commit socket: what is read is what was written, these bytes stand for these commits, and
// bytes that are no frame are refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Commit, Outcome } from '../../../src/core/ports/metadata.ts';
import {
  commitBytes,
  outcomeBytes,
} from '../../../src/engines/embedded/commit-socket/commit-codec.ts';
import { FrameSplitter } from '../../../src/engines/embedded/commit-socket/frame-splitter.ts';
import {
  decodeWorkerFrame,
  decodeWriterFrame,
  encodeFailure,
  encodeHello,
  encodeOutcomes,
  encodeSubmit,
  encodeWelcome,
  frameBytesMax,
  headBytes,
  protocolVersion,
} from '../../../src/engines/embedded/commit-socket/frames.ts';
import { inParts, type Part } from '../../../src/engines/embedded/commit-socket/in-parts.ts';

const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const key = bytes(40);
const stamp = fc.bigInt(0n, 2n ** 64n - 1n);
const delta = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
const commit: fc.Arbitrary<Required<Commit>> = fc.record({
  check: fc.array(fc.record({ key, stamp: fc.option(stamp) }), { maxLength: 4 }),
  empty: fc.array(fc.record({ from: key, to: key }), { maxLength: 2 }),
  set: fc.array(fc.record({ key, value: bytes(300) }), { maxLength: 4 }),
  del: fc.array(key, { maxLength: 4 }),
  add: fc.array(fc.record({ key, deltas: fc.array(delta, { maxLength: 14 }) }), { maxLength: 3 }),
});
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ ok: fc.constant(true as const), stamp }),
  fc.record({ ok: fc.constant(false as const), conflict: key, row: fc.constant(null) }),
  fc.record({ conflict: key, stamp, value: bytes(300) }).map(({ conflict, stamp, value }) => ({
    ok: false as const,
    conflict,
    row: { key: conflict, stamp, value },
  })),
);
const id = fc.integer({ min: 0, max: 2 ** 32 - 1 });

function whole<Item>(items: Item[], bytesOf: (item: Item) => number): Part<Item> {
  return { items, bytes: items.reduce((sum, item) => sum + bytesOf(item), 0) };
}

function hex(text: string): Buffer {
  return Buffer.from(text.replace(/\s+/g, ''), 'hex');
}

function without(frame: Buffer): Buffer {
  expect(frame.readUInt32BE()).toBe(frame.length - headBytes);
  return frame.subarray(headBytes);
}

describe('what is read is what was written', () => {
  test('commits', () => {
    const property = fc.property(id, fc.array(commit, { maxLength: 5 }), (number, commits) => {
      const frame = encodeSubmit(number, whole(commits, commitBytes));
      expect(decodeWorkerFrame(without(frame))).toEqual({ kind: 'submit', id: number, commits });
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('outcomes', () => {
    const property = fc.property(id, fc.array(outcome, { maxLength: 5 }), (number, outcomes) => {
      const frame = encodeOutcomes(number, whole(outcomes, outcomeBytes));
      const read = decodeWriterFrame(without(frame));
      expect(read).toEqual({ kind: 'outcomes', id: number, outcomes });
    });
    fc.assert(property, { numRuns: 300 });
  });

  test('the rest', () => {
    const epoch = Buffer.from('a1b2c3d4e5f6', 'hex');
    const hello = { kind: 'hello', version: protocolVersion, epoch };
    expect(decodeWorkerFrame(without(encodeHello(epoch)))).toEqual(hello);
    expect(decodeWriterFrame(without(encodeWelcome()))).toEqual({ kind: 'welcome' });
    const failure = { kind: 'failure', id: 7, reason: 'read-only', message: 'Es ist voll – 满' };
    const frame = encodeFailure(7, 'read-only', failure.message);
    expect(decodeWriterFrame(without(frame))).toEqual(failure);
  });

  test('a commit that leaves lists out means one with empty lists', () => {
    const frame = encodeSubmit(1, whole([{} as Commit], commitBytes));
    const empty = { check: [], empty: [], set: [], del: [], add: [] };
    expect(decodeWorkerFrame(without(frame))).toMatchObject({ commits: [empty] });
  });
});

/** Written by hand from the comments of frames.ts and commit-codec.ts. */
describe('golden bytes', () => {
  test('submit', () => {
    const commits: Commit[] = [
      {
        check: [
          { key: Buffer.from('Nbucket'), stamp: 0x0102030405060708n },
          { key: Buffer.from('Ok'), stamp: null },
        ],
        empty: [{ from: Buffer.from('a'), to: Buffer.alloc(0) }],
        set: [{ key: Buffer.from('Ok'), value: Buffer.from('value') }],
        del: [Buffer.from('Mk')],
        add: [{ key: Buffer.from('S'), deltas: [-1n, 2n ** 63n - 1n] }],
      },
    ];
    const frame = hex(`
      00000060 02 00000009 0001
      0002 0007 4e6275636b6574 01 0102030405060708
           0002 4f6b 00
      0001 0001 61 0000
      0001 0002 4f6b 00000005 76616c7565
      0001 0002 4d6b
      0001 0001 53 02 ffffffffffffffff 7fffffffffffffff
    `);
    frame.writeUInt32BE(frame.length - headBytes);
    expect(encodeSubmit(9, whole(commits, commitBytes)).toString('hex')).toBe(
      frame.toString('hex'),
    );
    expect(decodeWorkerFrame(without(frame))).toEqual({ kind: 'submit', id: 9, commits });
  });

  test('outcomes', () => {
    const conflict = Buffer.from('Ok');
    const outcomes: Outcome[] = [
      { ok: true, stamp: 2n ** 64n - 1n },
      { ok: false, conflict, row: null },
      { ok: false, conflict, row: { key: conflict, stamp: 5n, value: Buffer.from('row') } },
    ];
    const frame = hex(`
      00000028 04 fffffffe 0003
      00 ffffffffffffffff
      01 0002 4f6b
      02 0002 4f6b 0000000000000005 00000003 726f77
    `);
    frame.writeUInt32BE(frame.length - headBytes);
    const encoded = encodeOutcomes(2 ** 32 - 2, whole(outcomes, outcomeBytes));
    expect(encoded.toString('hex')).toBe(frame.toString('hex'));
    const read = { kind: 'outcomes', id: 2 ** 32 - 2, outcomes };
    expect(decodeWriterFrame(without(frame))).toEqual(read);
  });

  test('hello, welcome, failure', () => {
    const epoch = Buffer.from('0a0b0c0d0e0f', 'hex');
    expect(encodeHello(epoch).toString('hex')).toBe('00000009010001' + '0a0b0c0d0e0f');
    expect(encodeWelcome().toString('hex')).toBe('0000000103');
    expect(encodeFailure(3, 'unknown', 'no').toString('hex')).toBe('00000008050000000300' + '6e6f');
    expect(encodeFailure(3, 'read-only', '').toString('hex')).toBe('00000006050000000301');
  });
});

describe('what is no frame', () => {
  const good = without(encodeSubmit(1, whole([{ del: [Buffer.from('key')] }], commitBytes)));

  test('every shortened frame, and one with more behind it, is refused', () => {
    for (let length = 0; length < good.length; length += 1) {
      expect(() => decodeWorkerFrame(good.subarray(0, length))).toThrow(/shorter/);
    }
    expect(() => decodeWorkerFrame(Buffer.concat([good, Buffer.alloc(1)]))).toThrow(/longer/);
  });

  test('unknown kinds, stamps and outcomes are refused', () => {
    expect(() => decodeWorkerFrame(hex('03'))).toThrow(/kind 3/);
    expect(() => decodeWriterFrame(hex('02'))).toThrow(/kind 2/);
    expect(() => decodeWorkerFrame(hex('02 00000001 0001 0001 0001 6b 02'))).toThrow(/present/);
    expect(() => decodeWriterFrame(hex('04 00000001 0001 03 0000'))).toThrow(/kind 3/);
  });

  test("another version's hello is understood as that", () => {
    const hello = decodeWorkerFrame(hex('01 0002 00112233445566778899'));
    expect(hello).toMatchObject({ kind: 'hello', version: 2 });
  });
});

describe('the splitter', () => {
  test('finds the frames however they are cut', () => {
    const property = fc.property(
      fc.array(bytes(50), { minLength: 1, maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 }),
      (bodies, cuts) => {
        const frames = bodies.map((body) => Buffer.concat([Buffer.of(9), body]));
        const stream = Buffer.concat(frames.flatMap((frame) => [lengthOf(frame), frame]));
        const found: string[] = [];
        const splitter = new FrameSplitter((frame) => found.push(frame.toString('hex')));
        for (let at = 0, cut = 0; at < stream.length; cut += 1) {
          const end = at + (cuts[cut % cuts.length] ?? 1);
          splitter.push(stream.subarray(at, end));
          at = end;
        }
        expect(found).toEqual(frames.map((frame) => frame.toString('hex')));
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('refuses lengths that no frame has', () => {
    for (const length of [0, frameBytesMax + 1, 2 ** 32 - 1]) {
      const head = Buffer.alloc(headBytes);
      head.writeUInt32BE(length);
      expect(() => new FrameSplitter(() => undefined).push(head)).toThrow(/possible/);
    }
  });

  function lengthOf(frame: Buffer): Buffer {
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(frame.length);
    return head;
  }
});

describe('parts', () => {
  test('keep the order and the bound, and lose nothing', () => {
    const property = fc.property(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.integer({ min: 1, max: 30 }),
      (sizes, most) => {
        const parts = inParts(sizes, (size) => size, most);
        expect(parts.flatMap(({ items }) => items)).toEqual(sizes);
        for (const { items, bytes } of parts) {
          expect(items.length).toBeGreaterThan(0);
          expect(bytes).toBe(items.reduce((sum, size) => sum + size, 0));
          expect(bytes <= most || items.length === 1).toBe(true);
        }
      },
    );
    fc.assert(property);
  });
});
