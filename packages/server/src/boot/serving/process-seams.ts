// What tests replace in any process of a server, the one that does all and a worker alike.
import type { Clock } from '../../core/ports/clock.ts';
import type { Metadata } from '../../core/ports/metadata.ts';
import type { Random } from '../../core/ports/random.ts';
import type { DiskOptions } from '../engines/engines.ts';

export interface ProcessSeams extends DiskOptions {
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  readonly wrapMetadata?: ((metadata: Metadata) => Metadata) | undefined;
}
