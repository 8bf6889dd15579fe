// The local name of a downloaded object. A key is another person's text: it may hold `../`, a
// leading slash, a NUL or a drive letter, and must never decide where outside the named folder a
// file is written (security checklist 47). Nothing is repaired silently: such a key is refused,
// and the user names the local file instead.
import { CommandError } from '../failures.ts';

const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

function reasonToRefuse(key: string, windows: boolean): string | undefined {
  if (key.includes('\0')) return 'contains a NUL character';
  if (/^[/\\]/.test(key)) return 'is an absolute path';
  if (/^[a-z]:/i.test(key)) return 'begins with a drive letter';
  // Backslashes separate folders on Windows only, but a key is refused alike everywhere.
  if (key.split(/[/\\]/).some((part) => part === '..' || part === '.')) {
    return 'contains a "." or ".." segment';
  }
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name === '') return 'ends with "/" and names no file';
  if (Buffer.byteLength(name) > 255) return 'has a file name longer than 255 bytes';
  if (!windows) return undefined;
  if (/[<>:"|?*\\\x01-\x1f]/.test(name)) return 'contains characters Windows does not allow';
  if (/[. ]$/.test(name)) return 'ends with a dot or a space, which Windows drops';
  if (reservedOnWindows.test(name)) return 'is a device name on Windows';
  return undefined;
}

/** The last segment of a key, safe to be joined to a folder. */
export function localName(key: string, platform: NodeJS.Platform = process.platform): string {
  const reason = reasonToRefuse(key, platform === 'win32');
  if (reason !== undefined) {
    throw new CommandError(`The key ${JSON.stringify(key)} ${reason}; it gives no local name.`, {
      hint: 'Name the local file instead of a folder: osskeep cp oss://bucket/key ./file',
    });
  }
  return key.slice(key.lastIndexOf('/') + 1);
}
