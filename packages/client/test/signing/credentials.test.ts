// Credentials: fixed, from the environment, from a provider.
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ClientError, type Credentials, environmentCredentials } from '../../src/index.ts';
import { testClient } from '../support/client.ts';
import { failure } from '../support/failure.ts';

describe('environment', () => {
  test('a pair, and a token where there is one', () => {
    const pair = { OSS_ACCESS_KEY_ID: 'i', OSS_ACCESS_KEY_SECRET: 's' };
    expect(environmentCredentials(pair)).toEqual({ accessKeyId: 'i', accessKeySecret: 's' });
    expect(environmentCredentials({ ...pair, OSS_SESSION_TOKEN: '' })).not.toHaveProperty(
      'securityToken',
    );
    expect(environmentCredentials({ ...pair, OSS_SESSION_TOKEN: 't' }).securityToken).toBe('t');
  });

  test('what is missing is named', () => {
    expect(() => environmentCredentials({})).toThrow(/OSS_ACCESS_KEY_ID/);
    const half = { OSS_ACCESS_KEY_ID: 'i', OSS_ACCESS_KEY_SECRET: '' };
    expect(() => environmentCredentials(half)).toThrow(/OSS_ACCESS_KEY_SECRET/);
  });

  test('the process has one', () => {
    process.env['OSS_ACCESS_KEY_ID'] = 'from-process';
    process.env['OSS_ACCESS_KEY_SECRET'] = 's';
    try {
      expect(environmentCredentials().accessKeyId).toBe('from-process');
    } finally {
      delete process.env['OSS_ACCESS_KEY_ID'];
      delete process.env['OSS_ACCESS_KEY_SECRET'];
    }
  });
});

describe('provider', () => {
  function source(lifeMs: number | undefined) {
    let nowMs = 1_000_000_000_000;
    let asked = 0;
    let failing: Error | undefined;
    const provider = async (): Promise<Credentials> => {
      asked += 1;
      const number = asked;
      await Promise.resolve();
      if (failing !== undefined) throw failing;
      const end = lifeMs === undefined ? {} : { expiresAt: new Date(nowMs + lifeMs) };
      return { accessKeyId: `id${number}`, accessKeySecret: 's', ...end };
    };
    const client = testClient({ credentials: provider, clock: { now: () => nowMs } });
    return {
      asked: () => asked,
      pass: (ms: number) => {
        nowMs += ms;
      },
      fail: (error: Error | undefined) => {
        failing = error;
      },
      usedId: async () => {
        const { url } = await client.presign('GET', 'a');
        return new URL(url).searchParams.get('x-oss-credential')?.split('/')[0];
      },
    };
  }

  test('callers that come together share one question', async () => {
    const given = source(3_600_000);
    const ids = await Promise.all(Array.from({ length: 20 }, () => given.usedId()));
    expect(new Set(ids)).toEqual(new Set(['id1']));
    expect(given.asked()).toBe(1);
  });

  test('asked again ahead of the end, while nobody waits', async () => {
    const given = source(3_600_000);
    await given.usedId();
    given.pass(3_600_000 - 300_001);
    expect([await given.usedId(), given.asked()]).toEqual(['id1', 1]);
    given.pass(1);
    expect([await given.usedId(), given.asked()]).toEqual(['id1', 2]);
    await new Promise((resolve) => setImmediate(resolve));
    expect([await given.usedId(), given.asked()]).toEqual(['id2', 2]);
  });

  test('short lives are kept too', async () => {
    const given = source(60_000);
    await given.usedId();
    given.pass(47_000);
    expect([await given.usedId(), given.asked()]).toEqual(['id1', 1]);
  });

  test('without an end they are asked for once', async () => {
    const given = source(undefined);
    await given.usedId();
    given.pass(1e12);
    expect([await given.usedId(), given.asked()]).toEqual(['id1', 1]);
  });

  test('a failed refresh hurts only when the old ones have ended', async () => {
    const given = source(600_000);
    await given.usedId();
    given.fail(new Error('the provider is down'));
    given.pass(590_000);
    expect(await given.usedId()).toBe('id1');
    await new Promise((resolve) => setImmediate(resolve));
    expect([await given.usedId(), given.asked()]).toEqual(['id1', 2]);
    given.pass(10_001);
    await expect(given.usedId()).rejects.toThrow('the provider is down');
    given.fail(undefined);
    given.pass(10_000);
    expect(await given.usedId()).toBe('id4');
  });

  test('the first failure is the caller’s, and is not kept', async () => {
    const given = source(600_000);
    given.fail(new Error('down'));
    await expect(given.usedId()).rejects.toThrow('down');
    given.fail(undefined);
    expect(await given.usedId()).toBe('id2');
  });

  test('credentials that have ended are refused', async () => {
    await expect(source(0).usedId()).rejects.toMatchObject({ problem: 'credentials' });
  });
});

describe('secrets stay inside', () => {
  const secret = 'sup3r\nsecret';

  test('what no header can carry is refused without being repeated', async () => {
    const wrong = [
      { accessKeyId: `id ${secret}`, accessKeySecret: 's' },
      { accessKeyId: '', accessKeySecret: 's' },
      { accessKeyId: 'i', accessKeySecret: '' },
      { accessKeyId: 'i', accessKeySecret: 's', securityToken: secret },
      { accessKeyId: 'i', accessKeySecret: 's', expiresAt: new Date('never') },
    ];
    for (const credentials of wrong) {
      expect(() => testClient({ credentials })).toThrow(ClientError);
      expect(() => testClient({ credentials })).not.toThrow(/sup3r/);
      const provided = testClient({ credentials: async () => credentials });
      const error = await failure(provided.presign('GET', 'a'));
      expect(error).toBeInstanceOf(ClientError);
      expect(inspect(error)).not.toContain('sup3r');
    }
  });

  test('a printed client shows none', () => {
    const credentials = { accessKeyId: 'i', accessKeySecret: 'sup3r', securityToken: 't0ken' };
    const client = testClient({ credentials });
    expect(inspect(client, { depth: 9, showHidden: true }) + JSON.stringify(client)).not.toMatch(
      /sup3r|t0ken/,
    );
  });
});
