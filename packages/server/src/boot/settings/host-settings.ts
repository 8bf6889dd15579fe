// How settings name hosts: domains, patterns of domains, and the addresses of DNS servers.
import { isIP } from 'node:net';
import { z } from 'zod';

export const hostName = z
  .string()
  .transform((name) => name.toLowerCase().replace(/\.$/, ''))
  .refine((name) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) && isIP(name) === 0, {
    message: 'must be a domain name without port, e.g. static.example.com',
  });

/** A domain name, or every name one label below one. */
export const hostPattern = z
  .string()
  .transform((name) => name.toLowerCase())
  .refine((name) => hostName.safeParse(name.replace(/^\*\./, '')).success, {
    message: 'must be a domain name, or *. before one, e.g. *.example.com',
  });

/** As `dns.setServers` takes it: an address, not a name. */
export const resolverAddress = z.string().refine(
  (text) => {
    if (isIP(text) !== 0) return true;
    const [, bracketed, plain, port = '53'] =
      /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
    const isAddress = bracketed === undefined ? isIP(plain ?? '') === 4 : isIP(bracketed) === 6;
    return isAddress && Number(port) >= 1 && Number(port) <= 65_535;
  },
  { message: 'must be the address of a DNS server, IP or IP:PORT, e.g. 127.0.0.1:5353' },
);
