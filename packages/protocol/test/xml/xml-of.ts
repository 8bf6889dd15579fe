// What several tests of XML need: text in, tree or refusal out.
import { OssError } from '../../src/errors/oss-error.ts';
import type { XmlElement } from '../../src/xml/node.ts';
import { readXml } from '../../src/xml/reader.ts';

export function xmlOf(text: string): XmlElement {
  return readXml(new TextEncoder().encode(text));
}

/** What the refusal says is wrong; undefined when the document is accepted. */
export function faultIn(document: string | Uint8Array): string | undefined {
  try {
    readXml(typeof document === 'string' ? new TextEncoder().encode(document) : document);
    return undefined;
  } catch (error) {
    if (!(error instanceof OssError) || error.code !== 'MalformedXML' || error.status !== 400) {
      throw error;
    }
    return error.details['ErrorDetail'] ?? '';
  }
}
