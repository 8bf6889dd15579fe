// Custom domains of a bucket.
import {
  type CnameInput,
  type CnameToken,
  createCnameToken,
  deleteCname,
  getCnameToken,
  type ListCnameOutput,
  listCname,
  type PutCnameInput,
  putCname,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import type { Nothing } from '../calling/nothing.ts';
import type { CallOptions } from '../requests/call-options.ts';

export class CnameCalls extends Caller {
  /**
   * Binds a domain to the bucket. Its owner proves it first, or this is refused with
   * NeedVerifyDomainOwnership:
   *
   * ```ts
   * const { token } = await client.createCnameToken({ domain: 'img.example.com' });
   * // TXT record of _dnsauth.img.example.com: the token
   * await client.putCname({ domain: 'img.example.com' });
   * ```
   */
  putCname(input: PutCnameInput, options?: CallOptions): Promise<Nothing> {
    return this.call(putCname, {}, input, options);
  }

  deleteCname(input: CnameInput, options?: CallOptions): Promise<Nothing> {
    return this.call(deleteCname, {}, input, options);
  }

  listCname(options?: CallOptions): Promise<ListCnameOutput> {
    return this.call(listCname, {}, {}, options);
  }

  createCnameToken(input: CnameInput, options?: CallOptions): Promise<CnameToken> {
    return this.call(createCnameToken, {}, input, options);
  }

  getCnameToken(input: CnameInput, options?: CallOptions): Promise<CnameToken> {
    return this.call(getCnameToken, {}, input, options);
  }
}
