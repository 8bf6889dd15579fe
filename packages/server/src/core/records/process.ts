// What a running process writes about itself: Y once, as its fence, and y again and again.
import { readU64, writeU64 } from '../keys/bytes.ts';
import { checkFormat } from './format.ts';

export interface Heartbeat {
  /** Wall time, for people; whether a process lives is judged by its heartbeat's stamp changing. */
  readonly renewedMs: number;
  /** Every blob of the epoch with a smaller counter is named by a commit or unlinked. */
  readonly settledBelow: number;
  /** Nothing of the epoch waits for a sweep. The row stays while the epoch has files. */
  readonly isSettled: boolean;
}

const format = 1;
const heartbeatBytes = 2 + 8 + 8;

export function encodeProcess(startedMs: number): Buffer {
  const value = Buffer.alloc(9);
  value[0] = format;
  writeU64(value, startedMs, 1);
  return value;
}

export function encodeHeartbeat(heartbeat: Heartbeat): Buffer {
  const value = Buffer.alloc(heartbeatBytes);
  value[0] = format;
  value[1] = heartbeat.isSettled ? 1 : 0;
  writeU64(value, heartbeat.renewedMs, 2);
  writeU64(value, heartbeat.settledBelow, 10);
  return value;
}

export function decodeHeartbeat(value: Buffer): Heartbeat {
  checkFormat('heartbeat', value, format, heartbeatBytes);
  return {
    isSettled: value[1] === 1,
    renewedMs: readU64(value, 2),
    settledBelow: readU64(value, 10),
  };
}
