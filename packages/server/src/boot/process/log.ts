// The structured log, JSON lines on stderr. Queries are never logged: they may carry a signature
// that still works. Secrets have no way in: log calls name their fields, none passes a request.
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../settings/log-levels.ts';

export type { Logger } from 'pino';

export interface LogOptions {
  /** Other processes write to the same standard error: no line may be cut by one of theirs. */
  readonly isShared?: boolean;
  /** What each line says besides. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A pipe takes so many bytes in one piece, whoever else writes (POSIX's PIPE_BUF on Linux). */
const pieceBytes = 4_096;

export interface ServerLog {
  readonly log: Logger;
  /** Writes what waits; the process may end after it. */
  flush(): void;
}

/** To standard error, unless a destination is given. */
export function openLog(
  level: LogLevel,
  destination?: DestinationStream,
  { isShared = false, fields }: LogOptions = {},
): ServerLog {
  const options = { level, base: fields ?? null, timestamp: stdTimeFunctions.isoTime };
  if (destination !== undefined) return { log: pino(options, destination), flush: () => undefined };
  const maxWrite = isShared ? { maxWrite: pieceBytes } : {};
  const standardError = pino.destination({ dest: 2, sync: false, ...maxWrite });
  const flush = (): void => {
    try {
      standardError.flushSync();
    } catch {
      // Nobody reads it any more.
    }
  };
  return { log: pino(options, standardError), flush };
}
