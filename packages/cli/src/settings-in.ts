// Which settings a configuration file names, so that the command's defaults give way to them. Only
// the names at the top level are looked for; reading and checking the file is the server's part.
import { readFile } from 'node:fs/promises';

/** Tells whether the file names a setting; without a file that can be read, never. */
export async function settingsIn(path: string | undefined): Promise<(name: string) => boolean> {
  if (path === undefined) return () => false;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    // The server reads it next and says what is wrong.
    return () => false;
  }
  // In the one-line form ({ listen: … }) names may stand anywhere; in the usual form at the margin.
  const inline = text.replace(/^(\uFEFF|#.*|---.*|\s)+/gm, '').startsWith('{');
  return (name) => {
    const written = `["']?${name}["']?\\s*:`;
    return new RegExp(inline ? `[{,\\s]${written}` : `^${written}`, 'm').test(text);
  };
}
