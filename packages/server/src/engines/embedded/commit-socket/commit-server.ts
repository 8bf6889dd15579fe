// The writer's end of the commit socket: lets this server's workers in, puts what they submit into the
// one queue, and answers each when its commits are durable and visible.
import { once } from 'node:events';
import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Outcome, ReadOnlyError } from '../../../core/ports/metadata.ts';
import { type ShortPath, shortPath } from '../disk/short-path.ts';
import { FrameError } from '../metadata/byte-cursor.ts';
import type { CommitSink } from '../metadata/commit-queue.ts';
import { outcomeBytes } from './commit-codec.ts';
import { FramedSocket } from './framed-socket.ts';
import {
  decodeWorkerFrame,
  encodeFailure,
  encodeOutcomes,
  encodeWelcome,
  protocolVersion,
  socketName,
  submitBytesMax,
  type WorkerFrame,
} from './frames.ts';
import { inParts } from './in-parts.ts';

export interface CommitServerOptions {
  /** The data folder, whose lock this process holds. */
  readonly directory: string;
  readonly sink: CommitSink;
  /** Whether a worker of this epoch is one of ours and lives. */
  readonly admits: (epoch: Buffer) => boolean;
}

export class CommitServer {
  readonly #options: CommitServerOptions;
  readonly #server: Server;
  readonly #short: ShortPath;
  readonly #connections = new Set<FramedSocket>();

  private constructor(options: CommitServerOptions, short: ShortPath) {
    this.#options = options;
    this.#short = short;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async listen(options: CommitServerOptions): Promise<CommitServer> {
    const { directory } = options;
    // Left by a writer that was killed; while we hold the folder's lock nobody else listens there.
    await unlink(join(directory, socketName)).catch(ignoreAbsent);
    const server = new CommitServer(options, await shortPath(directory));
    try {
      server.#server.listen(join(server.#short.path, socketName));
      await once(server.#server, 'listening');
      await chmod(join(directory, socketName), 0o600);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  /** Workers that are still there lose their connection. */
  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    if (this.#server.listening) {
      this.#server.close();
      await once(this.#server, 'close');
    }
    await this.#short.release();
  }

  #accept(socket: Socket): void {
    let isWelcome = false;
    const connection: FramedSocket = new FramedSocket(socket, {
      onFrame: (bytes) => {
        const frame = decodeWorkerFrame(bytes);
        if (frame.kind === 'submit' && isWelcome) this.#submit(connection, frame);
        else if (frame.kind === 'hello' && !isWelcome) isWelcome = this.#greet(connection, frame);
        else throw new FrameError('A frame came at the wrong time.');
      },
      onEnd: () => {
        this.#connections.delete(connection);
      },
    });
    this.#connections.add(connection);
  }

  #greet(connection: FramedSocket, { version, epoch }: WorkerFrame & { kind: 'hello' }): boolean {
    const refusal =
      version !== protocolVersion
        ? 'The worker is of another version than the server. Restart the server.'
        : this.#options.admits(epoch)
          ? undefined
          : 'The worker is none of this server.';
    if (refusal === undefined) {
      connection.send(encodeWelcome());
      return true;
    }
    connection.send(encodeFailure(0, 'unknown', refusal));
    connection.end();
    return false;
  }

  #submit(connection: FramedSocket, { id, commits }: WorkerFrame & { kind: 'submit' }): void {
    this.#options.sink.submit(commits).then(
      (outcomes) => answer(connection, id, outcomes),
      (error: Error) => {
        const reason = error instanceof ReadOnlyError ? 'read-only' : 'unknown';
        connection.send(encodeFailure(id, reason, error.message));
      },
    );
  }
}

/** In one frame, unless conflicts carry very large rows. */
function answer(connection: FramedSocket, id: number, outcomes: readonly Outcome[]): void {
  for (const part of inParts(outcomes, outcomeBytes, submitBytesMax)) {
    connection.send(encodeOutcomes(id, part));
  }
}

function ignoreAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
