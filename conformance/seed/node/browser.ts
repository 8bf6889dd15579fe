// A page of another origin with the program of OSS's documentation in it, opened in Chromium: prints what
// the page's console said, and saves what it saved. One JSON object on standard input.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { chromium, type Download } from 'playwright-core';
import { chromiumPath, quietFlags } from '../../support/chromium.ts';

interface Visit {
  /** JavaScript of the page. */
  readonly program: string;
  readonly saveAs: string;
  readonly flags: readonly string[];
  /** Holds the trust store. */
  readonly home: string;
}

const { program, saveAs, flags, home } = JSON.parse(await text(process.stdin)) as Visit;
const site = createServer((request, response) => {
  if (request.url !== '/') {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Download</title><body><script>\n${program}</script></body>`);
});
site.listen(0, '127.0.0.1');
await once(site, 'listening');
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [...quietFlags, ...flags],
  env: { ...process.env, HOME: home },
});
try {
  const page = await browser.newPage();
  const said: string[] = [];
  // What the program says when it has ended, in either way.
  const ended = new Promise<void>((resolve) => {
    page.on('console', (message) => {
      said.push(message.text());
      if (/^(Download completed!|Error during download:)/.test(message.text())) resolve();
    });
  });
  const saved = new Promise<Download>((resolve) => page.once('download', resolve));
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await ended;
  let name: string | undefined;
  if (said.includes('Download completed!')) {
    const file = await saved;
    name = file.suggestedFilename();
    await file.saveAs(saveAs);
  }
  process.stdout.write(JSON.stringify({ said, name }));
} finally {
  await browser.close();
  site.close();
  site.closeAllConnections();
}
