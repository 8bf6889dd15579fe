// Catches what a server logs.
import type { DestinationStream } from 'pino';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export const logLevel = { info: 30, warn: 40, error: 50 } as const;

export class LogLines implements DestinationStream {
  readonly all: LogLine[] = [];

  write(line: string): void {
    this.all.push(JSON.parse(line) as LogLine);
  }

  /** Messages of one level. */
  of(level: keyof typeof logLevel): string[] {
    return this.all.filter((line) => line.level === logLevel[level]).map(({ msg }) => msg);
  }
}
