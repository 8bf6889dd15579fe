// What the gateway's steps need of the configuration, read once at start.
import type { Addressing } from './steps/identify-resource.ts';

export interface GatewaySettings {
  readonly region: string;
  readonly addressing: Addressing;
  /** Host names shown as ExtranetEndpoint and IntranetEndpoint. */
  readonly extranetEndpoint: string;
  readonly intranetEndpoint: string;
  /** Largest object by a single PUT, bytes. */
  readonly objectBytesMax: number;
}
