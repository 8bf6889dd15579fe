// Text forms: how one value looks as text, whether in a query, a header or an element. Printing is
// strict, parsing lenient; what cannot be written or read is an OssError that names the argument.

/** `name` is the argument's name on the wire, for the refusal. */
export interface Form<T> {
  readonly print: (value: T, name: string) => string;
  readonly parse: (text: string, name: string) => T;
}
