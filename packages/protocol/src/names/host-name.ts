// Host names: the Host header taken apart, addresses told from names, and the names OSS itself
// gives its regions. Rules: operations reference §1.1, choices §7.

export interface HostName {
  /** Lower case, without a trailing dot; an IPv6 address without its brackets. */
  readonly name: string;
  readonly port: number | undefined;
}

const bracketed = /^\[([0-9A-Fa-f:.]{2,45})\](?::(\d{1,5}))?$/;
const named = /^([^:[\]]*)(?::(\d{1,5}))?$/;
const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const domainName = new RegExp(`^${label}(?:\\.${label})*\\.?$`);
const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const nameCharactersMax = 253;

/** `host[:port]` as a Host header has it; `undefined` when it is none. */
export function parseHost(text: string): HostName | undefined {
  const [, address, addressPort] = bracketed.exec(text) ?? [];
  if (address !== undefined) {
    return isIpv6(address) ? withPort(address.toLowerCase(), addressPort) : undefined;
  }
  const [, host, port] = named.exec(text) ?? [];
  if (host === undefined || !domainName.test(host)) return undefined;
  const name = (host.endsWith('.') ? host.slice(0, -1) : host).toLowerCase();
  return name.length > nameCharactersMax ? undefined : withPort(name, port);
}

function withPort(name: string, digits: string | undefined): HostName | undefined {
  if (digits === undefined) return { name, port: undefined };
  const port = Number(digits);
  return port > 65_535 ? undefined : { name, port };
}

/** An IPv4 or IPv6 address (without brackets): such a host has no bucket before it. */
export function isIpAddress(name: string): boolean {
  return ipv4.test(name) || isIpv6(name);
}

function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false;
  const tail = text.slice(text.lastIndexOf(':') + 1);
  const dotted = tail.includes('.');
  if (dotted && !ipv4.test(tail)) return false;
  // An embedded IPv4 address stands for two groups.
  const groups = dotted ? `${text.slice(0, text.length - tail.length)}0:0` : text;
  const halves = groups.split('::');
  if (halves.length > 2) return false;
  const parts = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const count = halves.length === 2 ? parts.length <= 7 : parts.length === 8;
  return count && parts.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part));
}

/** `oss-cn-hangzhou.aliyuncs.com`. */
export function extranetHost(region: string): string {
  return `oss-${region}.aliyuncs.com`;
}

/** `oss-cn-hangzhou-internal.aliyuncs.com`. */
export function intranetHost(region: string): string {
  return `oss-${region}-internal.aliyuncs.com`;
}
