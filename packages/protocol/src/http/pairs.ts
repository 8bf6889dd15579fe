// Query and header fields as lists: order and repeats of the wire are kept.

/** Decoded query in the order of the wire. `undefined` = the name came without `=`. */
export type QueryPairs = readonly (readonly [name: string, value: string | undefined])[];

/** Header fields in the order of the wire, names in any case, values as Unicode text. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];
