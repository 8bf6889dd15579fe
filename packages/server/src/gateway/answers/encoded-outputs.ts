// Outputs as they stand on the wire. The headers of an object are encoded once, for as long as the store keeps
// the object: a download then costs no encoding.
import { encodeResponse, type Message, type Operation, wireText } from '@osskeep/protocol';
import { EncodedHeaders } from '../http/encoded-headers.ts';
import { Described } from '../request/described.ts';

export type Answering = Pick<Operation<string, unknown, unknown>, 'name' | 'response' | 'success'>;

export interface EncodedOutput {
  readonly status: number;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  /** Behind these. */
  readonly known: EncodedHeaders;
  readonly body: Message['body'];
}

export class EncodedOutputs {
  /** Where nothing was encoded before. */
  readonly none: EncodedHeaders = new EncodedHeaders([]);
  readonly #known: WeakMap<object, EncodedHeaders> | undefined;

  /** `keeps`: headers are kept encoded where the output says what they describe. */
  constructor(keeps: boolean) {
    this.#known = keeps ? new WeakMap() : undefined;
  }

  /** Throws InvalidArgument for what no header can carry. */
  encode(operation: Answering, output: unknown): EncodedOutput {
    if (!(output instanceof Described)) return this.#anew(operation, output);
    if (this.#known === undefined) return this.#anew(operation, output.output());
    const known = this.#known.get(output.of) ?? this.#keep(operation, output);
    return { status: operation.success, headers: [], known, body: output.body as Message['body'] };
  }

  #keep(operation: Answering, output: Described<unknown>): EncodedHeaders {
    const known = new EncodedHeaders(this.#anew(operation, output.output()).headers);
    this.#known?.set(output.of, known);
    return known;
  }
  #anew(operation: Answering, output: unknown): EncodedOutput {
    const { status, headers, body } = encodeResponse(operation, output);
    const written: string[] = [];
    for (const [name, value] of headers) written.push(name, wireText(value));
    return { status, headers: written, known: this.none, body };
  }
}
