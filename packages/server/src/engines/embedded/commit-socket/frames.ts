// What travels on the commit socket: frames of u32 length, u8 kind and a body.
//
//   worker   1 hello      u16 version, epoch 6      the first frame
//            2 submit     u32 id, u16 count, commits
//   writer   3 welcome                              the answer to hello
//            4 outcomes   u32 id, u16 count, outcomes, in the order of the commits, in one frame or more
//            5 failure    u32 id, u8 reason, text   of the submit; of the hello when id is 0
//
// Any number of submits may be under way; they are applied in the order in which they were sent.
import { epochBytes } from '../../../core/ports/blob-id.ts';
import { type Commit, metadataLimits, type Outcome } from '../../../core/ports/metadata.ts';
import { ByteReader, ByteWriter, FrameError } from '../metadata/byte-cursor.ts';
import { readCommit, readOutcome, writeCommit, writeOutcome } from './commit-codec.ts';
import type { Part } from './in-parts.ts';

/** In the data folder. */
export const socketName = 'commit.sock';

/** A worker and a writer of different versions must not understand each other by half. */
export const protocolVersion = 1;

/** Why commits were not made, or are not known to be made. */
export type FailureReason =
  /** The outcome is unknown. */
  | 'unknown'
  /** The writer can no longer write; this was not begun. */
  | 'read-only';

export type WorkerFrame =
  | { readonly kind: 'hello'; readonly version: number; readonly epoch: Buffer }
  | { readonly kind: 'submit'; readonly id: number; readonly commits: readonly Commit[] };

export type WriterFrame =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'outcomes'; readonly id: number; readonly outcomes: readonly Outcome[] }
  | {
      readonly kind: 'failure';
      readonly id: number;
      readonly reason: FailureReason;
      readonly message: string;
    };

export const headBytes = 4;
/** The largest submit is one commit, or several that together have `submitBytesMax`. */
export const submitBytesMax = 4 * metadataLimits.commitBytesMax;
/** Longer ones are no frames of ours. Checks and lengths come on top of a commit's writes. */
export const frameBytesMax = submitBytesMax + metadataLimits.commitBytesMax;

const kind = { hello: 1, submit: 2, welcome: 3, outcomes: 4, failure: 5 } as const;
const reasons: readonly FailureReason[] = ['unknown', 'read-only'];

export function encodeHello(epoch: Buffer): Buffer {
  const writer = begin(kind.hello, 2 + epochBytes);
  writer.u16(protocolVersion);
  writer.raw(epoch);
  return writer.finish();
}

/** `bytes` is the sum of `commitBytes`. */
export function encodeSubmit(id: number, { items, bytes }: Part<Commit>): Buffer {
  const writer = begin(kind.submit, 4 + 2 + bytes);
  writer.u32(id);
  writer.u16(items.length);
  for (const commit of items) writeCommit(writer, commit);
  return writer.finish();
}

export function encodeWelcome(): Buffer {
  return begin(kind.welcome, 0).finish();
}

/** `bytes` is the sum of `outcomeBytes`. */
export function encodeOutcomes(id: number, { items, bytes }: Part<Outcome>): Buffer {
  const writer = begin(kind.outcomes, 4 + 2 + bytes);
  writer.u32(id);
  writer.u16(items.length);
  for (const outcome of items) writeOutcome(writer, outcome);
  return writer.finish();
}

export function encodeFailure(id: number, reason: FailureReason, message: string): Buffer {
  const text = Buffer.from(message);
  const writer = begin(kind.failure, 4 + 1 + text.length);
  writer.u32(id);
  writer.u8(reasons.indexOf(reason));
  writer.raw(text);
  return writer.finish();
}

function begin(frameKind: number, bodyBytes: number): ByteWriter {
  const writer = new ByteWriter(headBytes + 1 + bodyBytes);
  writer.u32(1 + bodyBytes);
  writer.u8(frameKind);
  return writer;
}

/** `frame`: without its length. What is read shares its memory. */
export function decodeWorkerFrame(frame: Buffer): WorkerFrame {
  const reader = new ByteReader(frame);
  const is = reader.u8();
  if (is === kind.hello) {
    const version = reader.u16();
    // Another version's hello may go on in its own way.
    const epoch = version === protocolVersion ? reader.raw(epochBytes) : reader.rest();
    return whole(reader, { kind: 'hello', version, epoch });
  }
  if (is !== kind.submit) throw new FrameError(`A worker does not send frames of kind ${is}.`);
  const id = reader.u32();
  return whole(reader, { kind: 'submit', id, commits: list(reader, readCommit) });
}

/** `frame`: without its length. What is read shares its memory. */
export function decodeWriterFrame(frame: Buffer): WriterFrame {
  const reader = new ByteReader(frame);
  const is = reader.u8();
  if (is === kind.welcome) return whole(reader, { kind: 'welcome' });
  if (is === kind.outcomes) {
    const id = reader.u32();
    return whole(reader, { kind: 'outcomes', id, outcomes: list(reader, readOutcome) });
  }
  if (is !== kind.failure) throw new FrameError(`The writer does not send frames of kind ${is}.`);
  const id = reader.u32();
  const reason = reasons[reader.u8()] ?? 'unknown';
  return { kind: 'failure', id, reason, message: reader.rest().toString() };
}

function list<Item>(reader: ByteReader, read: (reader: ByteReader) => Item): Item[] {
  const count = reader.u16();
  const items: Item[] = [];
  for (let index = 0; index < count; index += 1) items.push(read(reader));
  return items;
}

function whole<Frame>(reader: ByteReader, frame: Frame): Frame {
  reader.finish();
  return frame;
}
