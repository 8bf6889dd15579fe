export type { XmlElement } from './node.ts';
export { readXml, xmlAttributesMax, xmlDepthMax, xmlElementsMax } from './reader.ts';
export { escapeXml, textElement, xmlDeclaration } from './writer.ts';
