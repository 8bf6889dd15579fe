// Reads an answer with the definition of what was asked.
import { decodeResponse, type Operation } from '@osskeep/protocol';
import { TransportError } from '../errors/errors.ts';
import type { Answer } from '../sending/sender.ts';

type Answered<Output> = Pick<Operation<string, never, Output>, 'name' | 'response' | 'success'>;

/** What cannot be decoded is no refusal of the service, so it is not thrown as one. */
export function decodeAnswer<Output>(
  operation: Answered<Output>,
  { message }: Pick<Answer, 'message'>,
): Output {
  try {
    return decodeResponse(operation, message);
  } catch (cause) {
    throw new TransportError(`The answer is not one to ${operation.name}.`, {
      problem: 'broken-answer',
      status: message.status,
      requestId: message.headers.get('x-oss-request-id'),
      cause,
    });
  }
}
