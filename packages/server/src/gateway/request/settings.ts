// What the gateway's steps need of the configuration; another one takes its place on a reload.
import type { Addressing } from './addressing.ts';

export interface GatewaySettings {
  readonly region: string;
  readonly addressing: Addressing;
  /** Host names shown as ExtranetEndpoint and IntranetEndpoint. */
  readonly extranetEndpoint: string;
  readonly intranetEndpoint: string;
  /** `strict` refuses what the cloud refuses, `friendly` does it and says so. */
  readonly parity: 'strict' | 'friendly';
  /** A link signed for GET also answers HEAD. */
  readonly headOnGetLinks: boolean;
  /** Buckets that take only signatures of version 4; `*` = all of them (choices row 7). */
  readonly v4Only: ReadonlySet<string>;
  /** Largest object by a single PUT, bytes. */
  readonly objectBytesMax: number;
}
