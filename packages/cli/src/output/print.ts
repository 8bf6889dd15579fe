// Standard output, at the reader's pace: a listing of millions of lines must not gather in memory.
import { once } from 'node:events';

export async function print(text: string): Promise<void> {
  if (text === '' || process.stdout.write(text)) return;
  await once(process.stdout, 'drain');
}
