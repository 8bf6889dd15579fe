// Sizes and times as ossutil 2 prints them.

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
