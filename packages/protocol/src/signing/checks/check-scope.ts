// Is a V4 signature made for this region, this product and the day it names? (choices row 6)
import { ossError } from '../../errors/refuse.ts';
import { headerName, queryName } from '../elements/names.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import { formatScope } from '../elements/scope.ts';
import { timestampDay } from '../elements/timestamp.ts';
import type { PresentedV4 } from './presented.ts';

export interface ExpectedScope {
  readonly region: string;
  readonly products: readonly string[];
}

/** The date line of the string to sign: the URL's parameter, or the header as sent. */
export function timestampV4(presented: PresentedV4, headers: SignedHeaders): string {
  if (presented.mode === 'url') return presented.urlDate ?? '';
  return headers.get(headerName.ossDate) ?? headers.get(headerName.date) ?? '';
}

export function checkScope(
  presented: PresentedV4,
  headers: SignedHeaders,
  expected: ExpectedScope,
): void {
  const { scope, mode } = presented;
  if (scope.region !== expected.region) {
    const errorCase = mode === 'url' ? 'InvalidSigningRegionInUrl' : 'InvalidSigningRegion';
    throw ossError(errorCase, detailsOf(presented));
  }
  if (!expected.products.includes(scope.product)) {
    const errorCase = mode === 'url' ? 'InvalidSigningProductInUrl' : 'InvalidSigningProduct';
    throw ossError(errorCase, detailsOf(presented));
  }
  if (timestampDay(timestampV4(presented, headers)) !== scope.date) {
    throw ossError('CredentialDateNotRequestDay', detailsOf(presented));
  }
}

function detailsOf({ mode, scope, authorization }: PresentedV4): Record<string, string> {
  return mode === 'url'
    ? { ArgumentName: queryName.credential, ArgumentValue: formatScope(scope) }
    : { Authorization: authorization };
}
