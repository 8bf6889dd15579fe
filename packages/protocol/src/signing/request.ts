// The part of a request that signatures cover, already decoded once: signer and verifier build the
// same canonical text from it.

/** Decoded query in the order of the wire. `undefined` = the name came without `=`. */
export type QueryPairs = readonly (readonly [name: string, value: string | undefined])[];

/** Header fields in the order of the wire, names in any case, values as Unicode text. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export interface SignableRequest {
  readonly method: string;
  /** The bucket the host or path stands for, also under a custom domain; absent: service level. */
  readonly bucket?: string | undefined;
  /** The object's key, decoded; absent: bucket level. */
  readonly key?: string | undefined;
  readonly query: QueryPairs;
  readonly headers: HeaderPairs;
}
