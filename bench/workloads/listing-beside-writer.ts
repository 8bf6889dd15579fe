// P6: how long a page of a listing takes while somebody writes: 1,000 common prefixes of a bucket, alone and
// beside 200 PUTs a second.
import { setTimeout as sleep } from 'node:timers/promises';
import { OssClient } from '@osskeep/client';
import { nodeFetch } from '@osskeep/client/node';
import { accessKey, type BenchServer, bucket, startServer } from '../harness/server.ts';
import { median } from '../harness/statistics.ts';
import type { Sample, Workload } from '../harness/workload.ts';

const prefixes = 2_000;
const objectsOfPrefix = 5;
const pageKeys = 1_000;
const pagesOfSample = 40;
const putsPerSecond = 200;
const putBytes = 4_096;
const atOnce = 64;

export const listingBesideWriter: Workload = {
  id: 'P6',
  title: 'a page of 1,000 common prefixes beside 200 PUT/s, against the same page alone',
  open: async () => {
    const server = await startServer('0,1');
    await fill(server);
    const pages = await Pages.of(server);
    return {
      comparisons: [
        {
          name: 'median time of a page',
          unit: 'ms',
          ours: { name: 'beside the writer', measure: () => beside(server, pages) },
          peers: [{ name: 'alone', measure: () => pages.measure() }],
          perRound: 3,
          isCeiling: true,
          floor: 1.5,
        },
      ],
      close: () => server.stop(),
    };
  },
};

async function fill({ client }: BenchServer): Promise<void> {
  const body = Buffer.alloc(100, 'x');
  let next = 0;
  const count = prefixes * objectsOfPrefix;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const prefix = String(Math.floor(at / objectsOfPrefix)).padStart(5, '0');
      await client.putObject(`folder-${prefix}/object-${at % objectsOfPrefix}`, body);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Asks for page after page, and takes the time from the request to the last byte of its answer. */
class Pages {
  readonly #client: OssClient;
  readonly #times: number[] = [];

  constructor(endpoint: string) {
    const timed = async (...request: Parameters<typeof nodeFetch>): Promise<Response> => {
      const begin = performance.now();
      const answer = await nodeFetch(...request);
      const body = await answer.arrayBuffer();
      this.#times.push(performance.now() - begin);
      return new Response(body, { status: answer.status, headers: answer.headers });
    };
    this.#client = new OssClient({
      endpoint,
      region: 'cn-hangzhou',
      bucket,
      credentials: accessKey,
      fetch: Object.assign(timed, { isRaw: true as const }),
    });
  }

  /** Fails when a page is not what it should be: a short one is no speed. */
  static async of({ endpoint }: BenchServer): Promise<Pages> {
    const pages = new Pages(endpoint);
    const page = await pages.#ask();
    if (page.commonPrefixes?.length !== pageKeys) throw new Error('the page is not full');
    return pages;
  }

  async measure(): Promise<Sample> {
    this.#times.length = 0;
    for (let page = 0; page < pagesOfSample; page += 1) await this.#ask();
    return { rate: median(this.#times) };
  }

  #ask() {
    return this.#client.listObjectsV2({ delimiter: '/', maxKeys: pageKeys });
  }
}

/** The writer goes by the clock: each PUT begins when its time has come, whether those before it are done or not. */
async function beside({ client }: BenchServer, pages: Pages): Promise<Sample> {
  const body = Buffer.alloc(putBytes, 'x');
  let isOver = false;
  let written = 0;
  const begin = performance.now();
  const under: Promise<unknown>[] = [];
  const writing = (async (): Promise<void> => {
    while (!isOver) {
      const due = begin + (written * 1000) / putsPerSecond - performance.now();
      if (due > 0) await sleep(due);
      under.push(client.putObject(`written-${written % 1_000}`, body));
      written += 1;
    }
  })();
  const sample = await pages.measure();
  isOver = true;
  await writing;
  await Promise.all(under);
  const rate = written / ((performance.now() - begin) / 1000);
  if (rate < putsPerSecond * 0.8) throw new Error(`only ${rate.toFixed(0)} PUTs a second`);
  return sample;
}
