// What a signer's program reads from standard input (a list of jobs) and prints (a list of answers), as JSON.

export type SignatureVersion = 'V4' | 'V1';

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

export interface Job {
  readonly id: string;
  readonly signatureVersion: SignatureVersion;
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly key: string;
  readonly expiresSeconds: number;
  readonly versionId?: string | undefined;
  /** The endpoint is a custom domain that is bound to the bucket. */
  readonly cname?: boolean | undefined;
  /** Absent: the SDK's own provider reads the environment. */
  readonly credentials?: Keys | undefined;
}

export interface Answer {
  readonly id: string;
  readonly url?: string;
  /** Why the SDK cannot be asked for this at all. */
  readonly noSuchCall?: string;
  /** What the SDK threw. */
  readonly error?: string;
}
