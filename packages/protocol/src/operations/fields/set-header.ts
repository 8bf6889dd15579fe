// The one way a value gets into a header: what would end the header early never does.
import { invalidArgument } from '../../errors/refuse.ts';
import type { Message } from '../definition/message.ts';

const control = /[\x00-\x08\x0a-\x1f\x7f]/g;

/** Throws 400 InvalidArgument for control characters, above all line ends. */
export function setHeader(message: Message, name: string, value: string): void {
  if (value.search(control) !== -1 || !value.isWellFormed()) {
    throw invalidArgument(
      name,
      value.replace(control, '?').toWellFormed(),
      `The ${name} must not hold control characters or halves of surrogate pairs.`,
    );
  }
  message.headers.set(name, value);
}
