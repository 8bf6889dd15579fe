// An output whose headers follow from one thing alone, which never changes. Whoever sends it may keep them
// encoded for as long as the thing is kept; then nobody even makes them.

export class Described<Output> {
  readonly of: object;
  readonly body: (Output & { readonly body?: unknown })['body'];
  readonly #make: () => Output;

  /** `make` gives the whole output, for the first who needs it; `body` is its body. */
  constructor(of: object, body: Described<Output>['body'], make: () => Output) {
    this.of = of;
    this.body = body;
    this.#make = make;
  }

  output(): Output {
    return this.#make();
  }
}
