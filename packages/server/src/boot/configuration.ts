// The one schema of the server's settings: options of `startOsskeep`, flags, environment and the
// YAML file end here, are checked once, and are passed down frozen. Nothing else reads process.env.
import { isIP } from 'node:net';
import { checkBucketName, normalizeRegion } from '@osskeep/protocol';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';

const hostName = z
  .string()
  .transform((name) => name.toLowerCase().replace(/\.$/, ''))
  .refine((name) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) && isIP(name) === 0, {
    message: 'must be a domain name without port, e.g. static.example.com',
  });

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

export const configurationSchema = z.strictObject({
  listen: z.string().default('127.0.0.1:6770'),
  data: z.string().optional(),
  region: z.string().default('cn-hangzhou'),
  domains: z.array(hostName).default([]),
  cnames: z.record(hostName, bucketName).default({}),
  defaultBucket: bucketName.optional(),
  blockPublicAccess: z.boolean().default(true),
  publicEndpoint: z.string().optional(),
  accounts: z.array(account).default([]),
  limits: z
    .strictObject({
      bucketsPerAccount: z.int().min(1).default(100),
      objectBytes: z
        .int()
        .min(1)
        .max(5 * 2 ** 30)
        .default(5 * 2 ** 30),
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
  let region: string;
  try {
    region = normalizeRegion(parsed.data.region);
  } catch {
    throw new ConfigurationError(
      `${source} cannot be used. region: "${parsed.data.region}" is no region id like cn-hangzhou.`,
    );
  }
  return Object.freeze({ ...parsed.data, region });
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:6770`, `[::1]:0`, `:6770` (every address) or a bare port. */
export function parseListen(text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]:|([^:[\]]*):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new ConfigurationError(
      `"${text}" is no address to listen on. Write HOST:PORT, e.g. 127.0.0.1:6770.`,
    );
  }
  const host = match[1] ?? match[2];
  if (host === undefined) return { host: '127.0.0.1', port };
  return { host: host === '' ? '::' : host, port };
}
