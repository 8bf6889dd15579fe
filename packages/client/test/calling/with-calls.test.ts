// The families in one class: nothing is lost, nothing hides anything else.
import { expect, test } from 'vitest';
import { Caller } from '../../src/calling/caller.ts';
import { withCalls } from '../../src/calling/with-calls.ts';
import { OssClient } from '../../src/index.ts';

const options = {
  endpoint: 'oss-cn-hangzhou.aliyuncs.com',
  region: 'cn-hangzhou',
  credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
};

class Greetings extends Caller {
  greet(): string {
    return `hello from ${this.fetch === undefined ? 'the platform' : 'elsewhere'}`;
  }
}

class Farewells extends Caller {
  leave(): string {
    return 'bye';
  }
}

test('methods of every family work on one client', () => {
  const Polite = withCalls(class extends Caller {}, Greetings, Farewells);
  const client = new Polite(options);
  expect([client.greet(), client.leave()]).toEqual(['hello from the platform', 'bye']);
  expect(client).toBeInstanceOf(Caller);
});

test('two methods of one name are refused', () => {
  class Others extends Caller {
    greet(): string {
      return 'hi';
    }
  }
  expect(() => withCalls(class extends Caller {}, Greetings, Others)).toThrow(
    'Two calls are greet',
  );
});

test('the client is a class of its own name, whose calls no loop over it finds', () => {
  const client = new OssClient(options);
  expect(client).toBeInstanceOf(OssClient);
  expect(client.constructor.name).toBe('OssClient');
  const found: string[] = [];
  for (const name in client) found.push(name);
  expect(found).not.toContain('putObject');
});
