// What a custom domain may be called: labels of letters, digits and `-`, at least two of them, no
// address. A name that is not ASCII is given in its `xn--` form. Rule: RFC 1123 §2.1.

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainName = new RegExp(`^(?:${label}\\.)+${label}$`);
const charactersMin = 4;
const charactersMax = 253;

/** In lower case, without a trailing dot. */
export function isDomainName(name: string): boolean {
  if (name.length < charactersMin || name.length > charactersMax) return false;
  // A last label of digits is the end of an IPv4 address.
  return domainName.test(name) && !/\.\d+$/.test(name);
}
