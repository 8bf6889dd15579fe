// What is at hand most of the time, and has to be waited for now and then. Waiting for what is at hand costs a
// promise and a turn of the microtask queue. Eight plain awaits cost less than a microsecond; asynchronous
// functions each make a promise of their own, and the dozen that a known download would go through took 12
// microseconds of CPU instead of 8, system calls apart. So the hot calls of the core answer at once where they
// can, and the gateway's loop over its steps awaits only what is pending.

export type Eventually<T> = T | Promise<T>;

/** False: it is at hand. No value of ours is a promise itself. */
export function isPending<T>(value: Eventually<T>): value is Promise<T> {
  return value instanceof Promise;
}

/** `then` without a promise where there is none. */
export function whenThere<T, R>(
  value: Eventually<T>,
  then: (value: T) => Eventually<R>,
): Eventually<R> {
  return isPending(value) ? value.then(then) : then(value);
}

/** `try` and `catch` for what may be at hand: `otherwise` answers for what `ask` throws or rejects with. */
export function orElse<T>(
  ask: () => Eventually<T>,
  otherwise: (failure: unknown) => Eventually<T>,
): Eventually<T> {
  let asked: Eventually<T>;
  try {
    asked = ask();
  } catch (failure) {
    return otherwise(failure);
  }
  return isPending(asked) ? asked.catch(otherwise) : asked;
}
