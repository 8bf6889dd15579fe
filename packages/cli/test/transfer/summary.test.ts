import { expect, test } from 'vitest';
import { formatBytes } from '../../src/output/figures.ts';
import { formatSummary, oneOf } from '../../src/transfer/summary.ts';

test('reads as ossutil 2 writes it', () => {
  expect(formatSummary('upload', oneOf(12), 271.779)).toBe(
    'Success: Total 1 file, size 12 B, Upload done:(1 objects, 12 B), avg 44 B/s\n\n' +
      '0.271779(s) elapsed\n',
  );
  expect(formatSummary('download', oneOf(12), 162.447)).toBe(
    'Success: Total 1 object, size 12 B, Download done:(1 files, 12 B), avg 74 B/s\n\n' +
      '0.162447(s) elapsed\n',
  );
});

test('an empty transfer in no time has a finite speed', () => {
  expect(formatSummary('upload', oneOf(0), 0)).toContain('avg 0 B/s');
  expect(formatBytes(1536)).toBe('1.50 KiB');
  expect(formatBytes(5 * 2 ** 30)).toBe('5.00 GiB');
});
