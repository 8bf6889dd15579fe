// The lines ossutil 2 prints after a transfer, so that scripts which read them keep working.

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(2)} ${units[unit]}`;
}

export function formatElapsed(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(6)}(s) elapsed`;
}

export function formatSummary(
  direction: 'upload' | 'download',
  bytes: number,
  milliseconds: number,
): string {
  const size = formatBytes(bytes);
  const speed = formatBytes(Math.round(bytes / Math.max(milliseconds / 1000, 0.001)));
  const done =
    direction === 'upload'
      ? `Success: Total 1 file, size ${size}, Upload done:(1 objects, ${size})`
      : `Success: Total 1 object, size ${size}, Download done:(1 files, ${size})`;
  return `${done}, avg ${speed}/s\n\n${formatElapsed(milliseconds)}\n`;
}
