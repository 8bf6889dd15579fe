// Definitions at work: the four directions of the wire.
import { emptyMessage, type Message } from './message.ts';
import type { Operation } from './operation.ts';

/** A request's query, headers and body; the route's own query names come first. */
export function encodeRequest<Input>(
  operation: Pick<Operation<string, Input, unknown>, 'request' | 'route'>,
  input: Input,
): Message {
  const message = emptyMessage();
  for (const [name, value] of Object.entries(operation.route.query ?? {})) {
    message.query.set(name, value === true ? '' : value);
  }
  operation.request.encode(input, message);
  return message;
}

/** Throws OssError where a value is not what the operation takes. */
export function decodeRequest<Input>(
  operation: Pick<Operation<string, Input, unknown>, 'request' | 'route'>,
  message: Message,
): Input {
  return operation.request.decode(message);
}

export function encodeResponse<Output>(
  operation: Pick<Operation<string, unknown, Output>, 'response' | 'success'>,
  output: Output,
): Message {
  const message = emptyMessage(operation.success);
  operation.response.encode(output, message);
  return message;
}

export function decodeResponse<Output>(
  operation: Pick<Operation<string, unknown, Output>, 'response' | 'success'>,
  message: Message,
): Output {
  return operation.response.decode(message);
}
