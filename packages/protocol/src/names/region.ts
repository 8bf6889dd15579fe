// Region ids: `cn-hangzhou`. Locations and hosts put `oss-` before them; in configuration both are
// accepted, in a signature only the id (choices §7, signing reference §1.1).
import { invalidArgument } from '../errors/refuse.ts';

const regionId = /^(?!oss-)[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const regionCharactersMax = 64;

export function isRegionId(text: string): boolean {
  return text.length <= regionCharactersMax && regionId.test(text) && !text.endsWith('-internal');
}

/** The id of a region written as `cn-hangzhou` or `oss-cn-hangzhou`. */
export function normalizeRegion(text: string): string {
  const id = text.startsWith('oss-') ? text.slice(4) : text;
  if (isRegionId(id)) return id;
  throw invalidArgument(
    'region',
    text.slice(0, regionCharactersMax),
    'This is not a region id. Write it like cn-hangzhou, without a domain.',
  );
}

/** What `Location` elements say: `oss-cn-hangzhou`. */
export function regionLocation(region: string): string {
  return `oss-${region}`;
}
