// The transports that must behave alike.
import type { Fetch } from '../../src/index.ts';
import { nodeFetch } from '../../src/node/index.ts';

export const transports: readonly (readonly [string, Fetch | undefined])[] = [
  ['the platform’s fetch', undefined],
  ['nodeFetch', nodeFetch],
];
