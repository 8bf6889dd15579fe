// What a person does on the download page: opens it in Chromium, pastes the link, presses the button, and
// finds the file. Prints what the page says.
//
//   node browser.ts PAGE URL FILE
import { chromium } from 'playwright-core';

const [, , page = '', url = '', file = ''] = process.argv;
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
try {
  const tab = await browser.newPage();
  await tab.goto(page);
  await tab.getByRole('textbox').fill(url);
  const saved = tab.waitForEvent('download', { timeout: 20_000 });
  const failed = tab.waitForSelector('output:not(:empty)', { timeout: 20_000 });
  await tab.getByRole('button').click();
  const download = await Promise.race([saved, failed.then(() => undefined)]);
  saved.catch(() => undefined);
  failed.catch(() => undefined);
  if (download === undefined) {
    process.stderr.write(`the page says: ${await tab.locator('output').textContent()}\n`);
    process.exitCode = 1;
  } else {
    await download.saveAs(file);
  }
} finally {
  await browser.close();
}
