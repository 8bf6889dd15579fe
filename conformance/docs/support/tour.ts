// Does what a page says, item by item, and checks what came of it.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OssClient } from '@osskeep/client';
import { expect } from 'vitest';
import { cache, isComplete, missingPrograms, root, seed } from '../../seed/support/toolchain.ts';
import { run } from '../../support/run.ts';
import type { Block, Item, Step } from './blocks.ts';
import { here, type Ran, Session } from './session.ts';
import { type Settings, withSettings } from './settings.ts';

const original = 'exampleobject.txt';
const copy = 'copy.txt';
const android = `${here}android`;

/** For the shell, as one word. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In a regular expression. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function expectDone({ failed, stdout, stderr }: Ran): void {
  expect(failed, `${stdout}${stderr}`).toBe('');
}

export class Tour {
  readonly #session = new Session();
  readonly #files = new Map<string, string>();
  #fallen: string | undefined;
  #last: Ran = { failed: '', stdout: '', stderr: '' };

  /** What still ran then. */
  stop(): Promise<readonly string[]> {
    return this.#session.stop();
  }

  /** Throws where the page does not keep its word; after a step that others stand on, at once. */
  async take(item: Item): Promise<void> {
    this.#expectReached();
    try {
      await this.#take(item);
    } catch (error) {
      const isBase = item.kind === 'block' && ['run', 'serve', 'install'].includes(item.role);
      if (isBase) this.#fallen = `the block in line ${item.line}`;
      throw error;
    }
  }

  #expectReached(): void {
    if (this.#fallen !== undefined) throw new Error(`not reached: ${this.#fallen} failed`);
  }

  async #take(item: Item): Promise<void> {
    if (item.kind === 'block') return this.#block(item);
    if (item.name === 'publish-txt') return this.#publish(item.value);
    if (item.name === 'browser' || item.name === 'android') {
      return this.receive(item, await this.#session.expand('$url'));
    }
  }

  async #block(block: Block): Promise<void> {
    const { role, text, value } = block;
    if (role === 'file') return this.#save(value, text);
    if (role === 'output') return this.#expectPrinted(text);
    if (role === 'example') return expectExample(text);
    if (role === 'install') return this.#install(value, text);
    if (role === 'sign') return void (await this.sign(block, {}));
    if (role === 'receive') return this.#receive(block, text);
    await this.#shell(text);
    if (role === 'serve') await this.#session.printed(/^ready /m);
  }

  async #shell(text: string): Promise<Ran> {
    this.#last = await this.#session.run(text);
    expectDone(this.#last);
    return this.#last;
  }

  async #save(name: string, text: string): Promise<void> {
    if (!/^\w[\w.-]*$/.test(name)) throw new Error(`no plain file name: ${name}`);
    this.#files.set(name, text);
    writeFileSync(join(await this.#session.folder(), name), text);
    // All that can be said of a program whose SDK is not here.
    if (name.endsWith('.php') && missingPrograms('php') === undefined) {
      await this.#shell(`php -l ${quoted(name)}`);
    }
  }

  #expectPrinted(text: string): void {
    const pieces = text.trimEnd().split('…').map(literal);
    expect(this.#last.stdout.trimEnd()).toMatch(new RegExp(`^${pieces.join('[^]*?')}$`));
  }

  /** In the complete form as written; else what the scripts have made takes its place. */
  async #install(what: string, text: string): Promise<void> {
    const folder = await this.#session.folder();
    if (what === 'php') {
      // Its SDK comes from a folder: one that composer made, or the SDK's own source tree.
      const given = process.env['OSSKEEP_PHP_SDK'] ?? '';
      const vendor = join(given, 'vendor');
      symlinkSync(existsSync(vendor) ? vendor : given, join(folder, 'vendor'));
    } else if (isComplete) {
      const done = await run('bash', ['-e', '-c', text], { cwd: folder });
      expect(done.status, `${done.stdout}${done.stderr}`).toBe(0);
    } else if (what === 'python') symlinkSync(`${root}.cache/python`, join(folder, '.venv'));
    else if (what === 'java') symlinkSync(`${cache}/java/lib`, join(folder, 'lib'));
    else if (what === 'go') {
      for (const name of ['go.mod', 'go.sum']) {
        await copyFile(`${seed}/go/${name}`, join(folder, name));
      }
    } else throw new Error(`nothing stands in for ${what}`);
  }

  /** The URL that a signing block prints, its program changed by these settings for this once. */
  async sign({ text, words }: Block, settings: Settings, gives?: string): Promise<string> {
    this.#expectReached();
    const changed = Object.keys(settings).length > 0 ? this.#programIn(text) : undefined;
    const folder = await this.#session.folder();
    let stdout: string;
    if (changed === undefined) {
      ({ stdout } = await this.#shell(text));
    } else {
      const file = join(folder, changed.name);
      writeFileSync(file, withSettings(changed.program, settings));
      try {
        ({ stdout } = await this.#shell(text));
      } finally {
        writeFileSync(file, changed.program);
      }
    }
    const url = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(url).toMatch(/^https?:\/\/\S+\?\S+$/);
    await this.#expectGives(url, gives ?? words['gives'] ?? original);
    return url;
  }

  /** Whether the certificate is trusted is the receivers' matter. */
  async #expectGives(url: string, gives: string): Promise<void> {
    const file = join(await this.#session.folder(), 'fetched');
    rmSync(file, { force: true });
    const curl = `curl --silent --show-error --fail-with-body --insecure -o fetched ${quoted(url)}\n`;
    const ran = await this.#session.run(curl);
    const found = existsSync(file) ? readFileSync(file, 'latin1') : '';
    expect(ran.failed, found.slice(0, 1500)).toBe('');
    await this.#expectSame('fetched', gives);
  }

  #programIn(text: string): { name: string; program: string } {
    for (const [name, program] of this.#files) if (text.includes(name)) return { name, program };
    throw new Error(`no program of the page is run by: ${text}`);
  }

  /** Settings with what the shell has for `$first`. */
  async settings({ words }: Step): Promise<Settings> {
    const settings: Record<string, string | boolean> = {};
    for (const name of ['endpoint', 'versionId', 'cname']) {
      const given = words[name];
      if (given === undefined) continue;
      const value = await this.#session.expand(given);
      settings[name] = name === 'cname' ? value === 'true' : value;
    }
    return settings;
  }

  /** Gives a receiver a URL, and compares what it saved. */
  async receive(item: Item, url: string): Promise<void> {
    this.#expectReached();
    if (item.kind === 'block') return this.#receive(item, `url=${quoted(url)}\n${item.text}`);
    const { saves = copy } = item.words;
    const node = `${quoted(process.execPath)} --conditions=osskeep-source`;
    if (item.name === 'browser') {
      const words = [`${here}support/browser.ts`, item.value, url, saves].map(quoted);
      return this.#receive(item, `${node} ${words.join(' ')}\n`);
    }
    const folder = await this.#session.folder();
    const classes = join(folder, 'android-classes');
    const sources = ['LinkDownload.java', `${android}/RunLinkDownload.java`].map(quoted).join(' ');
    const path = `${quoted(android)}:${quoted(`${seed}/android-stand-ins`)}`;
    mkdirSync(classes, { recursive: true });
    await this.#receive(
      item,
      `[ -e android-classes/LinkDownload.class ] ||
  javac -d android-classes -sourcepath ${path} ${sources}
mv "$(java -Dosskeep.storage="$PWD/storage" -cp android-classes RunLinkDownload ${quoted(url)} file)" ${quoted(saves)}
`,
    );
  }

  async #receive({ words }: Item, text: string): Promise<void> {
    const { saves = copy, gives = original } = words;
    const file = join(await this.#session.folder(), saves);
    rmSync(file, { force: true });
    await this.#shell(text);
    await this.#expectSame(saves, gives);
  }

  async #expectSame(saved: string, gives: string): Promise<void> {
    const folder = await this.#session.folder();
    const [found, wanted] = [saved, gives].map((name) => readFileSync(join(folder, name)));
    expect(wanted?.length).toBeGreaterThan(0);
    expect(found?.length, `${saved} and ${gives}`).toBe(wanted?.length);
    expect(wanted !== undefined && found?.equals(wanted), `${saved} is ${gives}`).toBe(true);
  }

  /** As the page tells its reader: the token that the block before printed, into a record of the domain. */
  #publish(name: string): void {
    const [, token] = /<Token>(\w+)<\/Token>/.exec(this.#last.stdout) ?? [];
    if (token === undefined) throw new Error(`no token in: ${this.#last.stdout}`);
    this.#session.publish(name, token);
  }
}

/** The key pair that the page names beside its example. */
const exampleKeys = { accessKeyId: 'examplekey', accessKeySecret: 'examplesecret' };

/** A signed URL, in lines to be read; signed again at the time it names, it is the same. */
async function expectExample(text: string): Promise<void> {
  const url = new URL(text.replaceAll(/\s+/g, ''));
  const [, bucket = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(url.searchParams.get('x-oss-date') ?? '') ??
    [];
  const now = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const client = new OssClient({
    endpoint: url.origin,
    region: 'cn-hangzhou',
    bucket,
    credentials: exampleKeys,
    clock: { now: () => now },
  });
  const expires = Number(url.searchParams.get('x-oss-expires'));
  const again = await client.presign('GET', decodeURIComponent(key), { expires });
  expect(url.href).toBe(again.url);
}
