// What `npm start` runs: a server on a data folder inside the clone, with a demo key, a bucket, an
// object and a signed URL to try at once. Plain JavaScript: it has to explain itself on any Node.

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.env.OSSKEEP_DATA || join(root, '.osskeep');
const listen = process.env.OSSKEEP_LISTEN || '127.0.0.1:6770';
const region = process.env.OSSKEEP_REGION || 'cn-hangzhou';
const bucket = 'examplebucket';
const key = 'exampleobject.txt';

runFromSource();
const stop = stopSignal();
try {
  await main();
} catch (error) {
  process.stderr.write(`osskeep: ${explain(error)}\n`);
  if (process.env.OSSKEEP_DEBUG === '1') process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}

/** `npm start` sets the condition; a bare `node scripts/start.js` has to do it itself. */
function runFromSource() {
  const condition = '--conditions=osskeep-source';
  const given = [...process.execArgv, process.env.NODE_OPTIONS ?? ''];
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 26) {
    process.stderr.write(`osskeep: This is Node ${process.versions.node}; run \`npm start\`.\n`);
    process.exit(1);
  }
  if (given.some((argument) => argument.includes(condition))) return;
  const again = [process.execPath, condition, ...process.execArgv, ...process.argv.slice(1)];
  process.execve?.(process.execPath, again, process.env);
}

/**
 * The first SIGINT or SIGTERM. npm passes a Ctrl-C on to a program that the terminal has already
 * told, so signals close together count as one; a later one ends the process at once.
 */
function stopSignal() {
  return new Promise((resolve) => {
    let firstAt;
    const onSignal = () => {
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        resolve();
      } else if (now - firstAt > 500) {
        process.exit(0);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

async function main() {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rootKey = demoKey();
  const [{ startOsskeep }, { OssClient }] = await Promise.all([
    import('@osskeep/server'),
    import('@osskeep/client'),
  ]);
  const osskeep = await startOsskeep({ listen, data: folder, region, rootKey, log: 'warn' });
  // "Every address" is none a URL can name.
  const endpoint = osskeep.endpoint.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//127.0.0.1');
  const client = new OssClient({
    endpoint,
    region: osskeep.region,
    bucket,
    credentials: rootKey,
  });
  await makeExample(client);
  const link = await client.presign('GET', key, { expires: 3600 });
  process.stdout.write(describe(osskeep, endpoint, rootKey, link.url));
  await stop;
  process.stdout.write('\nStopping…\n');
  await osskeep.stop();
  process.exit(0);
}

/**
 * The demo pair, made on the first start and kept beside the data. Never taken from the
 * environment: the keys there may be real ones, and this pair is printed.
 */
function demoKey() {
  const path = join(folder, 'demo-key.json');
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    const made = {
      accessKeyId: `OSSKDEMO${randomBytes(8).toString('hex').toUpperCase()}`,
      accessKeySecret: randomBytes(24).toString('base64url'),
    };
    // Written whole or not at all: a start cut short must not leave half a key.
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, path);
    return made;
  }
  chmodSync(path, 0o600);
  let kept;
  try {
    kept = JSON.parse(text);
  } catch {
    kept = undefined;
  }
  if (typeof kept?.accessKeyId !== 'string' || typeof kept.accessKeySecret !== 'string') {
    throw new Error(`${path} is no key pair. Delete it; the next start makes a new one.`);
  }
  return { accessKeyId: kept.accessKeyId, accessKeySecret: kept.accessKeySecret };
}

async function makeExample(client) {
  try {
    await client.headObject(key);
    return;
  } catch (error) {
    if (error.status !== 404) throw error;
  }
  try {
    await client.putBucket();
  } catch (error) {
    // Kept from an earlier start: only the object is missing.
    if (error.status !== 409) throw error;
  }
  const text = 'This object came through a signed URL: the bucket is private.\n';
  await client.putObject(key, text, { contentType: 'text/plain; charset=utf-8' });
}

function describe(osskeep, endpoint, pair, url) {
  const shown = relative(process.cwd(), folder) || '.';
  return `ready ${osskeep.addresses.join(' ')}

  osskeep speaks the Alibaba Cloud OSS API. Point any OSS SDK or ossutil here:

    endpoint            ${endpoint}   (path style, or bucket hosts under localhost)
    region              ${osskeep.region}
    access key id       ${pair.accessKeyId}
    access key secret   ${pair.accessKeySecret}

  The bucket ${bucket} is private. This URL opens its ${key} for one hour:

    ${url}

  Download it:

    curl -f -o ${key} '${url}'

  Everything is kept in ${shown.startsWith('..') ? folder : shown}; delete that folder to begin anew.
  Ctrl-C stops.

`;
}

/** The server words its refusals for a person; `--listen` is a variable here. */
function explain(error) {
  return error.message.replace('with --listen', 'with OSSKEEP_LISTEN=127.0.0.1:PORT');
}
