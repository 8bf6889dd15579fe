// A parsed XML element: what OSS documents need of XML, no more. Attributes and comments carry
// nothing there and are dropped.

export interface XmlElement {
  /** Local name, without a namespace prefix. */
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, references resolved. */
  readonly text: string;
}
