/** What a call answers whose success says all. */
export type Nothing = Record<never, never>;
