// Definitions at work: the four directions of the wire.
import { OssError } from '../../errors/oss-error.ts';
import { emptyMessage, type Message, type ReceivedMessage } from './message.ts';
import type { Operation } from './operation.ts';

type RequestPart<Input> = Pick<Operation<string, Input, unknown>, 'request' | 'route'>;
type ResponsePart<Output> = Pick<
  Operation<string, unknown, Output>,
  'name' | 'response' | 'success'
>;

/** A request's query, headers and body; the route's own query names come first. */
export function encodeRequest<Input>(operation: RequestPart<Input>, input: Input): Message {
  const message = emptyMessage();
  const { query } = operation.route;
  for (const name in query) {
    const value = query[name];
    message.query.set(name, typeof value === 'string' ? value : '');
  }
  operation.request.encode(input, message);
  return message;
}

/** Throws OssError where a value is not what the operation takes. */
export function decodeRequest<Input>(
  operation: RequestPart<Input>,
  message: ReceivedMessage,
): Input {
  return operation.request.decode(message);
}

export function encodeResponse<Output>(operation: ResponsePart<Output>, output: Output): Message {
  const message = emptyMessage(operation.success);
  operation.response.encode(output, message);
  return message;
}

/** Throws MalformedAnswerError; refusals of the service are for the caller to see first. */
export function decodeResponse<Output>(
  operation: ResponsePart<Output>,
  message: ReceivedMessage,
): Output {
  try {
    return operation.response.decode(message);
  } catch (error) {
    if (error instanceof OssError) throw new MalformedAnswerError(operation.name, error);
    throw error;
  }
}

/** A success that cannot be read. Not an OssError: the service has refused nothing. */
export class MalformedAnswerError extends Error {
  override readonly name = 'MalformedAnswerError';

  constructor(operation: string, cause: OssError) {
    const where = Object.values(cause.details).join(', ');
    super(`The answer to ${operation} cannot be read: ${cause.message} (${where})`, { cause });
  }
}
