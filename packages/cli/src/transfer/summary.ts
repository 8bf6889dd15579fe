// The lines ossutil 2 prints after a transfer, so that scripts which read them keep working.

import { formatBytes, formatElapsed } from '../output/figures.ts';

export interface Transferred {
  /** Found, whether or not they had to be transferred. */
  readonly total: number;
  readonly totalBytes: number;
  readonly done: number;
  readonly doneBytes: number;
  readonly skipped: number;
  readonly failed: number;
}

export function formatSummary(
  direction: 'upload' | 'download',
  { total, totalBytes, done, doneBytes, skipped, failed }: Transferred,
  milliseconds: number,
): string {
  const [from, to] = direction === 'upload' ? ['file', 'object'] : ['object', 'file'];
  const speed = formatBytes(Math.round(doneBytes / Math.max(milliseconds / 1000, 0.001)));
  const parts = [
    `Total ${total} ${from}${total === 1 ? '' : 's'}`,
    `size ${formatBytes(totalBytes)}`,
    `${direction === 'upload' ? 'Upload' : 'Download'} done:(${done} ${to}s, ${formatBytes(doneBytes)})`,
    ...(skipped === 0 ? [] : [`Skip done:(${skipped} ${from}s)`]),
    ...(failed === 0 ? [] : [`Error:(${failed} ${from}s)`]),
    `avg ${speed}/s`,
  ];
  const word = failed === 0 ? 'Success' : 'FinishWithError';
  return `${word}: ${parts.join(', ')}\n\n${formatElapsed(milliseconds)}\n`;
}

/** Of one thing: its bytes, or undefined if it was left as it is. */
export function oneOf(bytes: number | undefined): Transferred {
  const done = bytes === undefined ? 0 : 1;
  const size = bytes ?? 0;
  return { total: 1, totalBytes: size, done, doneBytes: size, skipped: 1 - done, failed: 0 };
}
