// The error document: how a refusal travels, and how a client reads it back (signing reference §7.1,
// errors reference §1).
import { fromBase64 } from '../../checksum/bytes-text.ts';
import { OssError } from '../../errors/oss-error.ts';
import { recommendDoc } from '../../errors/recommend-doc.ts';
import type { XmlElement } from '../../xml/node.ts';
import { readXml } from '../../xml/reader.ts';
import { textElement, xmlDeclaration } from '../../xml/writer.ts';

export interface ErrorContext {
  /** 24 upper-case hex digits, as in `x-oss-request-id`. */
  readonly requestId: string;
  /** The Host header as sent, with port. */
  readonly hostId: string;
}

/** Always with a declaration: one SDK reads no body without it. */
export function renderErrorDocument(error: OssError, context: ErrorContext): string {
  let inside =
    element('Code', error.code) +
    element('Message', error.message) +
    element('RequestId', context.requestId) +
    element('HostId', context.hostId);
  for (const [name, value] of Object.entries(error.details)) inside += element(name, value);
  if (error.ec !== undefined) {
    inside += element('EC', error.ec) + element('RecommendDoc', recommendDoc(error.ec));
  }
  return `${xmlDeclaration}<Error>${inside}</Error>`;
}

/** Refusals repeat what a request said; a refusal must not fail for what it repeats. */
function element(name: string, text: string): string {
  return textElement(name, text.replaceAll('\0', '\uFFFD').toWellFormed());
}

const common: ReadonlySet<string> = new Set([
  'Code',
  'Message',
  'RequestId',
  'HostId',
  'EC',
  'RecommendDoc',
]);

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
  const word = (name: string): string | undefined => texts.get(name)?.trim() || undefined;
  const code = word('Code');
  if (code === undefined) return undefined;
  const error = new OssError({
    code,
    status,
    message: texts.get('Message') ?? code,
    ec: word('EC'),
    details: Object.fromEntries([...texts].filter(([name]) => !common.has(name))),
  });
  error.requestId = word('RequestId');
  error.hostId = word('HostId');
  return error;
}

/** The document of a bodiless answer, from its `x-oss-err` header. */
export function parseErrorHeader(header: string, status: number): OssError | undefined {
  const body = fromBase64(header.trim());
  return body === undefined ? undefined : parseErrorDocument(body, status);
}
