// Figures of several processes as if they were one's.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { type MetricsReport, SummedMetrics } from '../../src/admin/metrics-report.ts';

async function report(requests: number, inFlight: number): Promise<MetricsReport> {
  const registry = new Registry();
  const registers = [registry];
  const counter = new Counter({ name: 'requests', help: 'h', labelNames: ['code'], registers });
  const gauge = new Gauge({ name: 'in_flight', help: 'h', registers });
  const histogram = new Histogram({ name: 'seconds', help: 'h', buckets: [1, 2], registers });
  counter.inc({ code: 'a' }, requests);
  gauge.set(inFlight);
  for (let request = 0; request < requests; request += 1) histogram.observe(1.5);
  // As it arrives from another process.
  return JSON.parse(JSON.stringify(await registry.getMetricsAsJSON())) as MetricsReport;
}

async function linesOf(summed: SummedMetrics, reports: MetricsReport[]): Promise<string[]> {
  const { text, contentType } = await summed.text(reports);
  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

const six = [
  'requests{code="a"} 6',
  'in_flight 3',
  'seconds_bucket{le="1"} 0',
  'seconds_bucket{le="2"} 6',
  'seconds_bucket{le="+Inf"} 6',
  'seconds_sum 9',
  'seconds_count 6',
];

test('counters, gauges and histograms are added up', async () => {
  const reports = [await report(4, 1), await report(2, 2)];
  expect((await linesOf(new SummedMetrics(), reports)).sort()).toEqual(six.toSorted());
});

test('what a process counted stays when it ends; what it held does not', async () => {
  const summed = new SummedMetrics();
  for (let ended = 0; ended < 4; ended += 1) summed.retire(await report(1, 9));
  const alive = [await report(2, 3)];
  for (let scrape = 0; scrape < 3; scrape += 1) {
    expect((await linesOf(summed, alive)).sort()).toEqual(six.toSorted());
  }
  summed.retire(await report(1, 9));
  const [both] = await Promise.all([linesOf(summed, alive), linesOf(summed, alive)]);
  expect(both).toContain('requests{code="a"} 7');
  expect(await linesOf(summed, alive)).toContain('requests{code="a"} 7');
});
