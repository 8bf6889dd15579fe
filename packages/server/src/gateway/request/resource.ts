// What a request addresses, found from its host and path before anything else is looked at.
import type { Level } from '@osskeep/protocol';

/** How the bucket was named: by the host, the path, a bound domain, or the listener's default. */
export type HostStyle = 'service' | 'virtual' | 'path' | 'cname' | 'default';

export interface Resource {
  readonly level: Level;
  readonly style: HostStyle;
  /** Absent at service level. */
  readonly bucket?: string;
  /** Decoded; only at object level. */
  readonly key?: string;
  /** The Host header as sent, with port; goes into error documents. */
  readonly host: string;
}
