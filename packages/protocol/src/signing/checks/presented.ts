// What a request claims about its signer, before anything of it is believed.
import type { Scope } from '../elements/scope.ts';

interface PresentedBase {
  readonly mode: 'header' | 'url';
  readonly accessKeyId: string;
  readonly signature: string;
  readonly securityToken: string | undefined;
  /** In URL mode the lifetime as sent: seconds (V4) or the end as Unix seconds (V1, V2). */
  readonly expires: string | undefined;
}

export interface PresentedV1 extends PresentedBase {
  readonly version: 'v1';
}

export interface PresentedV2 extends PresentedBase {
  readonly version: 'v2';
  readonly additionalHeaders: readonly string[];
}

export interface PresentedV4 extends PresentedBase {
  readonly version: 'v4';
  readonly scope: Scope;
  /** The x-oss-date parameter in URL mode. */
  readonly urlDate: string | undefined;
  /** Normalised as line 5 of the canonical request has them. */
  readonly additionalHeaders: readonly string[];
  /** The Authorization header as sent, for error documents; empty in URL mode. */
  readonly authorization: string;
}

export type Presented = PresentedV1 | PresentedV2 | PresentedV4;
