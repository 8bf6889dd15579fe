// The certificates that configuration names. Files are looked at again when handshakes come, at most
// once a second: a renewal (certbot, acme.sh) needs no restart. New files that cannot be used leave the
// old certificate in place.
import { readFile, stat } from 'node:fs/promises';
import type { Certificate, CertificateSource } from '../../gateway/http/tls/certificate-source.ts';
import type { Logger } from '../process/log.ts';
import { ConfigurationError } from '../settings/errors.ts';
import type { CertificateSetting } from '../settings/tls-settings.ts';
import { checkKeyPair, type KeyPair, namesOf } from './key-pair.ts';

const checkIntervalMs = 1_000;

interface Loaded {
  readonly setting: CertificateSetting;
  /** What the files looked like when they were last read. */
  stamp: string;
  pair: KeyPair;
}

export class FileCertificates implements CertificateSource {
  readonly #log: Logger;
  readonly #intervalMs: number;
  #loaded: readonly Loaded[] = [];
  #byName: ReadonlyMap<string, Certificate> = new Map();
  #checkedMs = performance.now();
  #checking: Promise<void> | undefined;

  constructor(log: Logger, intervalMs: number = checkIntervalMs) {
    this.#log = log;
    this.#intervalMs = intervalMs;
  }

  /** Reads other certificates; what is returned puts them in place. Rejects when one is unusable. */
  async prepare(settings: readonly CertificateSetting[]): Promise<() => void> {
    const loaded = await Promise.all(
      settings.map(async (setting): Promise<Loaded> => {
        const stamp = await stampOf(setting);
        const pair = await readPair(setting);
        return { setting, stamp, pair };
      }),
    );
    return () => {
      this.#loaded = loaded;
      this.#index();
      for (const { setting, pair } of loaded) this.#warn(setting, pair);
    };
  }

  async find(domain: string): Promise<Certificate | undefined> {
    await this.#refresh();
    const dot = domain.indexOf('.');
    return this.#byName.get(domain) ?? this.#byName.get(`*${domain.slice(dot)}`);
  }

  /** The first one: for clients that ask for no name. */
  async first(): Promise<Certificate | undefined> {
    await this.#refresh();
    return this.#loaded[0]?.pair;
  }

  #refresh(): Promise<void> {
    if (this.#checking !== undefined) return this.#checking;
    const nowMs = performance.now();
    if (nowMs - this.#checkedMs < this.#intervalMs) return Promise.resolve();
    this.#checkedMs = nowMs;
    this.#checking = this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #check(): Promise<void> {
    for (const loaded of this.#loaded) {
      const { setting } = loaded;
      const file = isPem(setting.cert) ? 'PEM text' : setting.cert;
      try {
        const stamp = await stampOf(setting);
        if (stamp === loaded.stamp) continue;
        // Also when reading fails: one message for each change.
        loaded.stamp = stamp;
        const pair = await readPair(setting);
        if (pair.id === loaded.pair.id) continue;
        loaded.pair = pair;
        this.#log.info({ file, validTo: pair.x509.validTo }, 'certificate renewed');
        this.#warn(setting, pair);
      } catch (error) {
        const why = (error as Error).message;
        this.#log.error({ file, why }, 'certificate not renewed; the old one stays');
      }
    }
    this.#index();
  }

  #index(): void {
    const byName = new Map<string, Certificate>();
    for (const { setting, pair } of this.#loaded) {
      for (const name of setting.domains ?? namesOf(pair.x509)) {
        if (!byName.has(name)) byName.set(name, pair);
      }
    }
    this.#byName = byName;
  }

  /** What clients will refuse, said where an operator looks. */
  #warn({ cert, domains = [] }: CertificateSetting, { x509 }: KeyPair): void {
    const file = isPem(cert) ? 'PEM text' : cert;
    if (x509.validToDate.getTime() < Date.now()) {
      this.#log.warn({ file, validTo: x509.validTo }, 'certificate has expired');
    }
    for (const domain of domains) {
      if (x509.checkHost(domain.replace('*', 'any')) === undefined) {
        this.#log.warn({ file, domain }, 'certificate is not for this domain');
      }
    }
  }
}

function isPem(text: string): boolean {
  return text.trimStart().startsWith('-----BEGIN');
}

async function readPair({ cert, key }: CertificateSetting): Promise<KeyPair> {
  // One after the other: of two that are missing the same one is named every time.
  const certText = await readPem(cert);
  const keyText = await readPem(key);
  const named = (text: string, what: string): string => (isPem(text) ? `the ${what} text` : text);
  return checkKeyPair(certText, keyText, { cert: named(cert, 'cert'), key: named(key, 'key') });
}

async function readPem(textOrPath: string): Promise<string> {
  if (isPem(textOrPath)) return textOrPath;
  try {
    return await readFile(textOrPath, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${textOrPath} cannot be read: ${(error as Error).message}.`);
  }
}

/** Changes when one of the files does; empty for PEM text. */
async function stampOf({ cert, key }: CertificateSetting): Promise<string> {
  const stamps = [cert, key].map(async (textOrPath) => {
    if (isPem(textOrPath)) return '';
    try {
      const { mtimeMs, ctimeMs, size, ino } = await stat(textOrPath);
      return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'unknown';
    }
  });
  return (await Promise.all(stamps)).join(',');
}
