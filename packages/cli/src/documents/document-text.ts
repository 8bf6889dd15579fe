// The XML documents of OSS as ossutil 1 prints and takes them.
import {
  decodeRequest,
  emptyMessage,
  encodeResponse,
  escapeXml,
  type Operation,
  readXml,
  type XmlElement,
  xmlDeclaration,
} from '@osskeep/protocol';
import { CommandError } from '../failures/failures.ts';

function indented({ name, children, text }: XmlElement, indent: string): string {
  if (children.length === 0) return `${indent}<${name}>${escapeXml(text)}</${name}>\n`;
  const inside = children.map((child) => indented(child, `${indent}  `)).join('');
  return `${indent}<${name}>\n${inside}${indent}</${name}>\n`;
}

/** An answer as the service wrote it, one element a line. */
export function documentText<Output>(
  operation: Pick<Operation<string, never, Output>, 'name' | 'response' | 'success'>,
  output: Output,
): string {
  const { body } = encodeResponse(operation, output);
  return xmlDeclaration + indented(readXml(body as Uint8Array), '');
}

/** What a request's document says; `file` is where it was read from. */
export function parseDocument<Input>(
  operation: Pick<Operation<string, Input, unknown>, 'name' | 'request' | 'route'>,
  body: Uint8Array,
  file: string,
): Input {
  try {
    return decodeRequest(operation, { ...emptyMessage(), body });
  } catch (cause) {
    const details = Object.values((cause as { details?: Record<string, string> }).details ?? {});
    const where = details.length === 0 ? '' : ` (${details.join(', ')})`;
    throw new CommandError(
      `${file} is no document of ${operation.name}: ${(cause as Error).message}${where}`,
      { cause, hint: 'docs/cli.md shows how it looks.' },
    );
  }
}
