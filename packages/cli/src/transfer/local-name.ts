// The local name of a downloaded object. A key is another person's text: it may hold `../`, a
// leading slash, a NUL or a drive letter, and must never decide where outside the named folder a
// file is written (security checklist 47). Nothing is repaired silently: such a key is refused,
// and the user names the local file instead.
import { CommandError } from '../failures/failures.ts';

const reservedOnWindows = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** Why a segment of a key can be no name of a file or folder. */
function reasonToRefuseName(name: string, windows: boolean): string | undefined {
  if (Buffer.byteLength(name) > 255) return 'has a name longer than 255 bytes';
  if (!windows) return undefined;
  if (/[<>:"|?*\\\x01-\x1f]/.test(name)) return 'contains characters Windows does not allow';
  if (/[. ]$/.test(name)) return 'has a name that ends with a dot or a space, which Windows drops';
  if (reservedOnWindows.test(name)) return 'holds the name of a device on Windows';
  return undefined;
}

function reasonToRefuse(key: string): string | undefined {
  if (key.includes('\0')) return 'contains a NUL character';
  if (/^[/\\]/.test(key)) return 'is an absolute path';
  if (/^[a-z]:/i.test(key)) return 'begins with a drive letter';
  // Backslashes separate folders on Windows only, but a key is refused alike everywhere.
  if (key.split(/[/\\]/).some((part) => part === '..' || part === '.')) {
    return 'contains a "." or ".." segment';
  }
  return undefined;
}

/** The last segment of a key, safe to be joined to a folder. */
export function localName(key: string, platform: NodeJS.Platform = process.platform): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const reason =
    reasonToRefuse(key) ??
    (name === '' ? 'ends with "/" and names no file' : undefined) ??
    reasonToRefuseName(name, platform === 'win32');
  if (reason !== undefined) {
    throw new CommandError(`The key ${JSON.stringify(key)} ${reason}; it gives no local name.`, {
      hint: 'Name the local file instead of a folder: osskeep cp oss://bucket/key ./file',
    });
  }
  return name;
}

/**
 * The segments of a key below the prefix that is downloaded, each safe to be joined to a folder. Of
 * `folder/` the last one is empty.
 */
export function localSegments(
  key: string,
  prefix: string,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const relative = key.slice(prefix.lastIndexOf('/') + 1);
  const segments = relative.split('/');
  const names = segments.at(-1) === '' ? segments.slice(0, -1) : segments;
  const reason =
    reasonToRefuse(relative) ??
    // Two keys must not become one file.
    (names.includes('') ? 'contains "//"' : undefined) ??
    names.map((name) => reasonToRefuseName(name, platform === 'win32')).find((why) => why);
  if (reason !== undefined) {
    throw new CommandError(`The key ${JSON.stringify(key)} ${reason}; it gives no local name.`, {
      hint: 'Download it alone, to a name of your choice: osskeep cp oss://bucket/key ./file',
    });
  }
  return segments;
}
