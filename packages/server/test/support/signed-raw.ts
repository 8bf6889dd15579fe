// Raw requests with a good V4 header signature over whatever the test wants to send, so that what a
// server refuses is the thing under test and not the signature.
import { defaultHashes, parseRequestTarget, signV4 } from '@osskeep/protocol';
import type { RawRequest } from './raw-http.ts';

export interface Signer {
  readonly port: number;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly region: string;
  readonly nowMs: number;
}

const hashes = defaultHashes();

export interface SignedRaw extends RawRequest {
  readonly bucket?: string;
  /** Decoded key that the target stands for. */
  readonly key?: string;
  /** The Host header; `127.0.0.1:PORT` when absent. */
  readonly host?: string;
}

/** Adds Host, x-oss-date, x-oss-content-sha256, Content-Length and Authorization. */
export function signRaw(signer: Signer, request: SignedRaw): RawRequest {
  const date = new Date(signer.nowMs).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const signed: [string, string][] = [
    ...(request.headers ?? []).map(([name, value]) => [name, value] as [string, string]),
    ['x-oss-date', date],
    ['x-oss-content-sha256', 'UNSIGNED-PAYLOAD'],
  ];
  const { authorization } = signV4(
    {
      method: request.method ?? 'GET',
      bucket: request.bucket,
      key: request.key,
      query: parseRequestTarget(request.target).query,
      headers: signed,
    },
    signer,
    hashes,
  );
  const framed = signed.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  return {
    ...request,
    headers: [
      ['Host', request.host ?? `127.0.0.1:${signer.port}`],
      ...signed,
      ['Authorization', authorization],
      ...(framed || request.body === undefined
        ? []
        : ([['Content-Length', String(request.body.length)]] as [string, string][])),
    ],
  };
}
