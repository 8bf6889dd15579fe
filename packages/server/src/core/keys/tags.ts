// The first byte of every metadata key, one table for all keyspaces so that none is used twice.
// What each holds: docs/formats/metadata.md.

function byte(letter: string): number {
  return letter.charCodeAt(0);
}

export const tag = {
  /** Configuration epoch. */
  configuration: byte('E'),
  bucketGuard: byte('N'),
  bucketOfOwner: byte('W'),
  bucketDocument: byte('C'),
  credential: byte('K'),
  domain: byte('H'),
  /** Head of a key whose latest version is an object. */
  object: byte('O'),
  /** Head of a key whose latest version is a delete marker. */
  marker: byte('M'),
  /** Versions that are not the latest. */
  version: byte('V'),
  upload: byte('U'),
  uploadGuard: byte('u'),
  part: byte('P'),
  extentPage: byte('B'),
  inlineBody: byte('D'),
  holderByHome: byte('R'),
  homeByHolder: byte('r'),
  freedHome: byte('Z'),
  garbage: byte('G'),
  process: byte('Y'),
  heartbeat: byte('y'),
  jobCursor: byte('J'),
  commitOutcome: byte('I'),
  link: byte('L'),
  counters: byte('S'),
} as const;
