// Times as ossutil prints them: local, with offset and zone, `2026-01-15 20:00:00 +0800 CST`.

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function zoneName(date: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}

export function formatTime(ms: number): string {
  const date = new Date(ms);
  const minutes = -date.getTimezoneOffset();
  const ahead = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}${two(ahead % 60)}`;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time} ${offset} ${zoneName(date)}`;
}

/** Times in JSON: UTC, as the service writes them. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
