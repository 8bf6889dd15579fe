// Buckets and keys for the completion of `oss://…`: one page, quickly or not at all.
import type { ConnectionOptions } from '../settings/connection.ts';
import type { Candidate } from './candidates.ts';

const waitMs = 2000;
const pageSize = 200;

/** Names that a line can hold; no completion is worth a terminal that is steered. */
const plain = /^[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+$/;

function connectionOptions(options: ReadonlyMap<string, string>): ConnectionOptions {
  const environment: Record<string, string | undefined> = {
    endpoint: process.env['OSS_ENDPOINT'],
    region: process.env['OSS_REGION'],
    accessKeyId: process.env['OSS_ACCESS_KEY_ID'],
    accessKeySecret: process.env['OSS_ACCESS_KEY_SECRET'],
    stsToken: process.env['OSS_SESSION_TOKEN'],
    configFile: process.env['OSSUTIL_CONFIG_FILE'],
    profile: process.env['OSSUTIL_PROFILE'],
  };
  const said = Object.entries({ ...environment, ...Object.fromEntries(options) });
  return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as ConnectionOptions;
}

async function find(text: string, options: ReadonlyMap<string, string>): Promise<string[]> {
  const { connect } = await import('../settings/connection.ts');
  const rest = text.slice('oss://'.length);
  const slash = rest.indexOf('/');
  const bucket = slash < 0 ? '' : rest.slice(0, slash);
  const client = await connect(connectionOptions(options), bucket);
  const limits = { signal: AbortSignal.timeout(waitMs), timeoutMs: waitMs };
  if (slash < 0) {
    const { buckets } = await client.listBuckets({ prefix: rest, maxKeys: pageSize }, limits);
    return buckets.map(({ name }) => `oss://${name}/`);
  }
  const prefix = rest.slice(slash + 1);
  const page = await client.listObjectsV2({ prefix, delimiter: '/', maxKeys: pageSize }, limits);
  const keys = [
    ...page.commonPrefixes.map((one) => one.prefix),
    ...page.contents.map((one) => one.key),
  ];
  return keys.map((key) => `oss://${bucket}/${key}`);
}

/** Nothing where the server cannot be asked: a completion never fails. */
export async function lookUpAddresses(
  text: string,
  options: ReadonlyMap<string, string>,
): Promise<Candidate[]> {
  try {
    const found = await find(text, options);
    return found
      .filter((value) => value.startsWith(text) && plain.test(value))
      .map((value) => ({ value }));
  } catch {
    return [];
  }
}
