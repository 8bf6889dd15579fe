// The error document: how a refusal travels, and how a client reads it back (signing reference §7.1,
// errors reference §1).
import { fromBase64 } from '../checksum/bytes-text.ts';
import type { XmlElement } from '../xml/node.ts';
import { readXml } from '../xml/reader.ts';
import { textElement, xmlDeclaration } from '../xml/writer.ts';
import { OssError } from './oss-error.ts';
import { recommendDoc } from './recommend-doc.ts';

export interface ErrorContext {
  /** 24 upper-case hex digits, as in `x-oss-request-id`. */
  readonly requestId: string;
  /** The Host header as sent, with port. */
  readonly hostId: string;
}

/** Always with a declaration: one SDK reads no body without it. */
export function renderErrorDocument(error: OssError, context: ErrorContext): string {
  let inside =
    textElement('Code', error.code) +
    textElement('Message', error.message) +
    textElement('RequestId', context.requestId) +
    textElement('HostId', context.hostId);
  for (const [name, value] of Object.entries(error.details)) {
    inside += textElement(name, value.replaceAll('\0', '\uFFFD'));
  }
  if (error.ec !== undefined) {
    inside += textElement('EC', error.ec) + textElement('RecommendDoc', recommendDoc(error.ec));
  }
  return `${xmlDeclaration}<Error>${inside}</Error>`;
}

const common = new Set(['Code', 'Message', 'RequestId', 'HostId', 'EC', 'RecommendDoc']);

/** undefined when the body is no error document: another program may have answered. */
export function parseErrorDocument(body: Uint8Array, status: number): OssError | undefined {
  let root: XmlElement;
  try {
    root = readXml(body);
  } catch {
    return undefined;
  }
  if (root.name !== 'Error') return undefined;
  const texts = new Map(root.children.map((child) => [child.name, child.text]));
  const code = texts.get('Code');
  if (code === undefined || code === '') return undefined;
  const error = new OssError({
    code,
    status,
    message: texts.get('Message') ?? code,
    ec: texts.get('EC'),
    details: Object.fromEntries([...texts].filter(([name]) => !common.has(name))),
  });
  error.requestId = texts.get('RequestId');
  error.hostId = texts.get('HostId');
  return error;
}

/** The document of a bodiless answer, from its `x-oss-err` header. */
export function parseErrorHeader(header: string, status: number): OssError | undefined {
  const body = fromBase64(header.trim());
  return body === undefined ? undefined : parseErrorDocument(body, status);
}
