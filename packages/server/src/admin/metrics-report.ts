// Figures of several processes put together as if they were one server's: what they counted is added up,
// and what a process had counted when it ended stays counted, because counters must not fall.
import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client';

/** What one process has counted, as plain data. */
export type MetricsReport = readonly MetricObjectWithValues<MetricValue<string>>[];

export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/** Kept when a process ends. Gauges end with it: what it held is given back. */
const lasting: ReadonlySet<unknown> = new Set(['counter', 'histogram']);

export class SummedMetrics {
  /** One report of all that ended, and those that ended since it was made. */
  #ended: readonly MetricsReport[] = [];

  /** `report`: the last one of a process that ended. */
  retire(report: MetricsReport): void {
    this.#ended = [...this.#ended, report.filter(({ type }) => lasting.has(type))];
  }

  /** In Prometheus's text format. */
  async text(reports: readonly MetricsReport[]): Promise<MetricsText> {
    await this.#sumEnded();
    const registry = await sum([...reports, ...this.#ended]);
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  async #sumEnded(): Promise<void> {
    const ended = this.#ended;
    if (ended.length < 2) return;
    const report = await (await sum(ended)).getMetricsAsJSON();
    // Another call may have done it meanwhile; what ended meanwhile stays behind it.
    if (this.#ended[0] === ended[0]) this.#ended = [report, ...this.#ended.slice(ended.length)];
  }
}

async function sum(reports: readonly MetricsReport[]): Promise<Registry> {
  const { AggregatorRegistry } = await import('prom-client');
  return AggregatorRegistry.aggregate(reports.map((report) => [...report])) as Registry;
}
