// The one schema of the server's settings: options of `startOsskeep`, flags, environment and the
// YAML file end here, are checked once, and are passed down frozen. Nothing else reads process.env.
import { checkBucketName, normalizeRegion } from '@osskeep/protocol';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { hostName, resolverAddress } from './host-settings.ts';
import { defaultListen, listenAddresses, listenOff } from './listen-address.ts';
import { logLevels } from './log-levels.ts';
import { tlsSettings } from './tls-settings.ts';

const bucketName = z.string().refine(
  (name) => {
    try {
      checkBucketName(name);
      return true;
    } catch {
      return false;
    }
  },
  { message: 'must be a bucket name: 3 to 63 of a-z, 0-9 and -' },
);

const key = z.strictObject({
  id: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters'),
  secret: z.string().min(1).max(256),
  enabled: z.boolean().default(true),
  /** Makes it a temporary credential: every request must carry this token. */
  token: z.string().min(1).max(8192).optional(),
  /** ISO 8601; the token is refused from then on. */
  tokenExpires: z.iso.datetime().optional(),
});

const account = z.strictObject({
  id: z.string().min(1).max(64),
  displayName: z.string().max(128).optional(),
  keys: z.array(key).default([]),
});

/** Far beyond what helps: a worker keeps a core busy. */
const workersMax = 128;

function hasEachKeyOnce(accounts: readonly z.output<typeof account>[]): boolean {
  const ids = accounts.flatMap(({ keys }) => keys.map(({ id }) => id));
  return new Set(ids).size === ids.length;
}

export const configurationSchema = z.strictObject({
  /** `off`: no plain HTTP. */
  listen: z.string().default(defaultListen),
  tls: tlsSettings.optional(),
  admin: z.strictObject({ listen: z.string().default(listenOff) }).prefault({}),
  log: z.enum(logLevels).default('silent'),
  data: z.string().optional(),
  /** Processes that answer requests; 1: the server is one process. */
  workers: z.int().min(1).max(workersMax).default(1),
  region: z.string().default('cn-hangzhou'),
  domains: z.array(hostName).default([]),
  cnames: z.record(hostName, bucketName).default({}),
  /** DNS servers that prove who owns a domain; the system's when empty. */
  cnameResolver: z.array(resolverAddress).default([]),
  defaultBucket: bucketName.optional(),
  blockPublicAccess: z.boolean().default(true),
  publicEndpoint: z.string().optional(),
  /** How closely the service follows the cloud where being lenient costs nothing. */
  parity: z.enum(['strict', 'friendly']).default('friendly'),
  /** A link signed for GET also answers HEAD. */
  headOnGetLinks: z.boolean().default(false),
  /** Buckets that take only signatures of version 4; `*` = all. */
  v4Only: z.array(z.union([z.literal('*'), bucketName])).default([]),
  /** Ordinary requests over plain HTTP are read and answered without Node's HTTP server. */
  fastPath: z.boolean().default(true),
  accounts: z.array(account).default([]).refine(hasEachKeyOnce, {
    message: 'an access key id is there twice',
  }),
  limits: z
    .strictObject({
      bucketsPerAccount: z.int().min(1).default(100),
      objectBytes: z
        .int()
        .min(1)
        .max(5 * 2 ** 30)
        .default(5 * 2 ** 30),
      /** Memory of each process for objects, links and stamps of rows used lately; never believed, it only saves work. */
      cacheBytes: z
        .int()
        .min(0)
        .default(192 * 2 ** 20),
      /** Buckets, access keys and domains that each process remembers, of each kind so many. */
      knownRecords: z.int().min(1).default(10_000),
      /** Memory of each process that bodies of large uploads are gathered in, 2 MiB for each; others do without. */
      uploadBufferBytes: z
        .int()
        .min(0)
        .max(2 ** 30)
        .default(16 * 2 ** 20),
    })
    .prefault({}),
});

export type ConfigurationInput = z.input<typeof configurationSchema>;
export type Configuration = Readonly<z.output<typeof configurationSchema>>;

/** Checks settings; every problem is named with its place. */
export function readConfiguration(input: unknown, source: string): Configuration {
  const parsed = configurationSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`,
    );
    throw new ConfigurationError(`${source} cannot be used. ${problems.join('; ')}.`);
  }
  const refuse = (what: string): ConfigurationError =>
    new ConfigurationError(`${source} cannot be used. ${what}`);
  let region: string;
  try {
    region = normalizeRegion(parsed.data.region);
  } catch {
    throw refuse(`region: "${parsed.data.region}" is no region id like cn-hangzhou.`);
  }
  if (parsed.data.listen === listenOff && parsed.data.tls === undefined) {
    throw refuse('listen: without plain HTTP the server needs TLS: give tls.cert and tls.key.');
  }
  const configuration = Object.freeze({ ...parsed.data, region });
  listenAddresses(configuration);
  return configuration;
}
