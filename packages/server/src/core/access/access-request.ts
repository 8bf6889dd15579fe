// The question that authorization is asked: who wants to do what, with what, and under which circumstances.
import type { Bucket } from '../buckets/bucket.ts';
import type { RequestView } from '../context/request-view.ts';
import type { Principal } from './principal.ts';

/** The permission's name in policies, e.g. `oss:PutObject`. */
export type Action = `oss:${string}`;

/** What an action comes to where only ACLs and ownership are asked. */
export type AccessNeed =
  /** Any account that signed: ListBuckets, PutBucket. */
  | 'signed'
  /** Bucket configuration, deletion, statistics. */
  | 'own-bucket'
  /** What browsers ask before they send: nothing about it is secret. */
  | 'preflight'
  | 'list-objects'
  | 'read-object'
  | 'write-object'
  | 'read-object-acl'
  | 'write-object-acl';

export interface AccessResource {
  /** Absent: the service, or a bucket that does not exist yet. */
  readonly bucket?: Bucket | undefined;
  readonly key?: string | undefined;
  /** As the request names it; the latest version when absent. */
  readonly versionId?: string | undefined;
  /** The request's view: an object's ACL is as of it. */
  readonly at?: RequestView | undefined;
}

/** What is known of the request besides who sent it and what it is about. */
export interface AccessConditions {
  /** IP address of the other end of the connection; undefined once that is gone. */
  readonly clientAddress: string | undefined;
  readonly isTls: boolean;
  /** Wall time at which the request is judged, ms since the Unix epoch. */
  readonly nowMs: number;
  /** Lower-case names; repeats joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface AccessRequest {
  readonly principal: Principal;
  readonly action: Action;
  readonly need: AccessNeed;
  readonly resource: AccessResource;
  /** Put together when it is asked for: most answers need none of it. */
  readonly conditions: AccessConditions;
}
