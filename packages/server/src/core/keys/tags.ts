// The first byte of every metadata key, one table for all keyspaces so that none is used twice.
// What each holds: docs/formats/metadata.md.

export const tag = {
  /** Written by versions before request views; never read again, and not to be used for anything else. */
  formerEpoch: 0x45, // E
  bucketGuard: 0x4e, // N
  bucketOfOwner: 0x57, // W
  bucketDocument: 0x43, // C
  credential: 0x4b, // K
  accountDocument: 0x41, // A
  domain: 0x48, // H
  /** Head of a key whose latest version is an object. */
  object: 0x4f, // O
  /** Head of a key whose latest version is a delete marker. */
  marker: 0x4d, // M
  /** Versions that are not the latest. */
  version: 0x56, // V
  upload: 0x55, // U
  uploadGuard: 0x75, // u
  part: 0x50, // P
  extentPage: 0x42, // B
  inlineBody: 0x44, // D
  holderByHome: 0x52, // R
  homeByHolder: 0x72, // r
  freedHome: 0x5a, // Z
  garbage: 0x47, // G
  process: 0x59, // Y
  heartbeat: 0x79, // y
  jobCursor: 0x4a, // J
  commitOutcome: 0x49, // I
  link: 0x4c, // L
  counters: 0x53, // S
} as const;
