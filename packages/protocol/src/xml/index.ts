export type { XmlElement } from './node.ts';
export {
  readXml,
  xmlAttributesMax,
  xmlBytesMax,
  xmlDepthMax,
  xmlElementsMax,
  xmlNameCharactersMax,
} from './reader.ts';
export { escapeXml, textElement, xmlDeclaration } from './writer.ts';
