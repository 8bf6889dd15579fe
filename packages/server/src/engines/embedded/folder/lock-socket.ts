// The socket that stands for a held data folder: answers whoever connects with one line of JSON that
// says who holds it, and refuses connections as soon as its process is dead.
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';

export interface LockHolder {
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
  /** Where the server listens; empty until it does. */
  addresses: readonly string[];
}

export type LockProbe =
  | { readonly isDead: true }
  /** Without a holder: it lives, but says nothing that can be read. */
  | { readonly isDead: false; readonly holder?: LockHolder };

const answerMsMax = 1_000;
const answerBytesMax = 16_384;

export class LockSocket {
  readonly #server: Server;

  constructor(describe: () => LockHolder) {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(`${JSON.stringify(describe())}\n`);
      // Nobody may keep the server from closing by staying connected.
      socket.setTimeout(answerMsMax, () => socket.destroy());
      socket.resume();
    });
  }

  async listen(path: string): Promise<void> {
    this.#server.listen(path);
    await once(this.#server, 'listening');
    await chmod(path, 0o600);
    // The lock lasts as long as the process does; it does not keep it alive.
    this.#server.unref();
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Whether the lock's owner lives, and what it says of itself. */
export function probeLock(path: string): Promise<LockProbe> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(path);
    const settle = (probe: LockProbe): void => {
      resolve(probe);
      socket.destroy();
    };
    socket.setTimeout(answerMsMax, () => settle(parseAnswer(answer)));
    socket.on('data', (bytes) => {
      answer += bytes.toString('utf8');
      if (answer.includes('\n') || answer.length > answerBytesMax) settle(parseAnswer(answer));
    });
    socket.on('end', () => settle(parseAnswer(answer)));
    socket.on('error', ({ code }: NodeJS.ErrnoException) => {
      // ENOENT: removed by the owner of a higher one. Any other error does not prove a death.
      const isDead = code === 'ECONNREFUSED' || code === 'ENOENT';
      settle(isDead ? { isDead } : parseAnswer(answer));
    });
  });
}

function parseAnswer(answer: string): LockProbe {
  try {
    const { pid, since, addresses } = JSON.parse(answer) as Partial<LockHolder>;
    if (typeof pid === 'number' && typeof since === 'string' && Array.isArray(addresses)) {
      return { isDead: false, holder: { pid, since, addresses: addresses.map(String) } };
    }
  } catch {
    // It lives all the same.
  }
  return { isDead: false };
}
