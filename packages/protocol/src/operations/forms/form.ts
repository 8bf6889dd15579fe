// Text forms: how one value looks as text, whether in a query, a header or an element. Printing is
// strict, parsing lenient; what cannot be read throws an OssError that names the argument.

export interface Form<T> {
  print(value: T): string;
  /** `name` is the argument's name on the wire, for the refusal. */
  parse(text: string, name: string): T;
}
