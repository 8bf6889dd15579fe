// What counts requests, seen from the pipeline. Whoever implements it must not throw and must not wait.
import type { Exchange } from './exchange.ts';

export interface RequestMeter {
  begin(): void;
  /** Once for each `begin`; `endedMs` is monotonic. */
  end(exchange: Exchange, endedMs: number): void;
}
