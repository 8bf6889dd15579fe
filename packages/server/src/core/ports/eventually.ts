// What is at hand most of the time, and has to be waited for now and then. Waiting for what is at hand costs
// a promise and a turn of the microtask queue; on the path of every request that is half of the work.

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
