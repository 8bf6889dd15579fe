// A bucket with versions, over the wire: every answer as the client of an SDK would see it.
import {
  decodeResponse,
  emptyMessage,
  encodeRequest,
  type ListObjectsInput,
  type ListObjectsOutput,
  type ListObjectVersionsInput,
  type ListObjectVersionsOutput,
  listObjects,
  listObjectVersions,
  putBucketVersioning,
  type VersionEntry,
} from '@osskeep/protocol';
import { element } from './raw-http.ts';
import type { Answer, Asked, SignedRequests } from './signed-requests.ts';

/** A refusal; anything but 2xx and 4xx is an error instead. */
export interface WireRefusal {
  readonly code: string;
  readonly versionId: string | undefined;
  readonly isDeleteMarker: boolean;
}

export class VersionedBucket {
  readonly name: string;
  readonly #requests: SignedRequests;

  constructor(requests: SignedRequests, name: string) {
    this.#requests = requests;
    this.name = name;
  }

  async create(): Promise<void> {
    await this.#requests.createBucket(this.name);
  }

  /** The new version's id, where there are versions. */
  async put(key: string, body: Buffer): Promise<string | undefined> {
    const answer = await this.#requests.expect(this.#asked('PUT', { key, body }), 200);
    return answer.headers.get('x-oss-version-id');
  }

  async delete(key: string, versionId?: string): Promise<Answer> {
    return this.#requests.expect(this.#asked('DELETE', { key, query: query({ versionId }) }), 204);
  }

  async read(
    method: 'GET' | 'HEAD',
    key: string,
    versionId?: string,
  ): Promise<Answer | WireRefusal> {
    const asked = this.#asked(method, { key, query: query({ versionId }) });
    const answer = await this.#requests.send(asked);
    return answer.status === 200 ? answer : wireRefusal(answer);
  }

  async setVersioning(status: 'Enabled' | 'Suspended'): Promise<void> {
    const message = encodeRequest(putBucketVersioning, { status });
    const body = Buffer.from(message.body as Uint8Array);
    await this.#requests.expect(this.#asked('PUT', { query: [...message.query], body }), 200);
  }

  async list(input: ListObjectsInput): Promise<ListObjectsOutput> {
    const asked = this.#asked('GET', { query: [...encodeRequest(listObjects, input).query] });
    return decodeResponse(listObjects, messageOf(await this.#requests.expect(asked, 200)));
  }

  async listVersions(input: ListObjectVersionsInput): Promise<ListObjectVersionsOutput> {
    const { query: pairs } = encodeRequest(listObjectVersions, input);
    const asked = this.#asked('GET', { query: [...pairs] });
    return decodeResponse(listObjectVersions, messageOf(await this.#requests.expect(asked, 200)));
  }

  /** Of all pages. */
  async allVersions(): Promise<VersionEntry[]> {
    const entries: VersionEntry[] = [];
    let markers: { keyMarker?: string | undefined; versionIdMarker?: string | undefined } = {};
    for (;;) {
      const page = await this.listVersions({ maxKeys: 1000, ...markers });
      entries.push(...page.entries);
      if (!page.isTruncated) return entries;
      markers = { keyMarker: page.nextKeyMarker, versionIdMarker: page.nextVersionIdMarker };
    }
  }

  async remove(): Promise<void> {
    await this.#requests.expect(this.#asked('DELETE', {}), 204);
  }

  #asked(method: string, more: Omit<Asked, 'method' | 'bucket'>): Asked {
    return { method, bucket: this.name, ...more };
  }
}

function query({ versionId }: { readonly versionId?: string | undefined }): [string, string][] {
  return versionId === undefined ? [] : [['versionId', versionId]];
}

function messageOf({ status, headers, body }: Answer) {
  return { ...emptyMessage(status), headers: new Map(headers), body };
}

function wireRefusal({ status, headers, body }: Answer): WireRefusal {
  const inHeader = headers.get('x-oss-err');
  const xml = inHeader === undefined ? body.toString() : Buffer.from(inHeader, 'base64').toString();
  const code = element(xml, 'Code');
  if (status < 400 || status > 499 || code === undefined) throw new Error(`${status}: ${xml}`);
  return {
    code,
    versionId: headers.get('x-oss-version-id'),
    isDeleteMarker: headers.get('x-oss-delete-marker') === 'true',
  };
}
