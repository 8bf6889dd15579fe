// Time as the core sees it. Wall time serves signatures and Last-Modified; everything that deletes
// counts on the monotonic clock, so that a wall clock set forward never deletes early.

export interface Clock {
  /** Wall time, ms since the Unix epoch. */
  now(): number;
  /** Monotonic time in ms; only differences have meaning. */
  monotonic(): number;
}
