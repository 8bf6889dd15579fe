// Our own strict reader: no document types or entities of the document's making, exactly one root,
// character references kept, limits on size, depth and count, one pass. Libraries lose `&#x1;`, accept
// two roots, or stall on hostile input (choices §6). Raw control characters pass, as SDKs send them
// (choices row 23); NUL does not.
import { ossError } from '../errors/refuse.ts';
import type { XmlElement } from './node.ts';
import { resolveReferences } from './references.ts';

/**
 * Room for a page of 1,000 keys of 1,023 bytes with every character escaped; requests have caps of
 * their own, per operation (choices row 22).
 */
export const xmlBytesMax: number = 16 * 1024 * 1024;
export const xmlDepthMax = 16;
/** Room for 1,000 entries of the largest lists. */
export const xmlElementsMax = 30_000;
export const xmlAttributesMax = 64;
export const xmlNameCharactersMax = 256;

interface Open {
  readonly qualified: string;
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

const nameHere = /[A-Za-z_:\u0080-\uffff][-A-Za-z0-9._:\u0080-\uffff]*/y;
const spaceHere = /[ \t\r\n]*/y;
const notSpace = /[^ \t\r\n]/;
const byteOrderMark = '\uFEFF';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws MalformedXML with an `ErrorDetail` that says what is wrong and in which line. */
export function readXml(document: Uint8Array): XmlElement {
  if (document.length > xmlBytesMax) {
    throw malformed(`The document is larger than ${xmlBytesMax} bytes.`);
  }
  let text: string;
  try {
    text = utf8.decode(oneLineEnd(document));
  } catch {
    throw malformed('The document is not UTF-8.');
  }
  return new Reader(text.startsWith(byteOrderMark) ? text.slice(1) : text).read();
}

function malformed(detail: string): Error {
  return ossError('MalformedXML', { ErrorDetail: detail });
}

class Reader {
  readonly #text: string;
  #at = 0;
  #elements = 0;
  readonly #open: Open[] = [];
  #root: XmlElement | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): XmlElement {
    const nul = this.#text.indexOf('\0');
    if (nul !== -1) this.#fail('A NUL character is not allowed.', nul);
    this.#declaration();
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at);
      const end = next === -1 ? this.#text.length : next;
      if (end > this.#at) this.#characters(this.#text.slice(this.#at, end));
      this.#at = end;
      if (next !== -1) this.#markup();
    }
    const open = this.#open.at(-1);
    if (open !== undefined) this.#fail(`The element ${open.qualified} is not closed.`);
    return this.#root ?? this.#fail('The document has no root element.');
  }

  #fail(what: string, at: number = this.#at): never {
    const line = this.#text.slice(0, at).split('\n').length;
    throw malformed(`Line ${line}: ${what}`);
  }

  #declaration(): void {
    const text = this.#text;
    if (!/^<\?xml[ \t\r\n]/.test(text.slice(0, 6))) return;
    // Declarations are short; a longer search would only serve someone who wants us to search.
    const end = text.slice(0, 512).indexOf('?>');
    if (end === -1) this.#fail('The XML declaration is not closed.');
    const encoding = /[ \t\r\n]encoding\s*=\s*["']([^"']*)["']/.exec(text.slice(5, end))?.[1];
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
      this.#fail(`The encoding ${encoding} is not supported; use UTF-8.`);
    }
    this.#at = end + 2;
  }

  #characters(raw: string): void {
    const open = this.#open.at(-1);
    if (open === undefined) {
      if (notSpace.test(raw)) this.#fail('There is text outside the root element.');
    } else {
      if (raw.includes(']]>')) this.#fail('The text holds "]]>".');
      open.text += this.#resolve(raw);
    }
  }

  #resolve(raw: string): string {
    return resolveReferences(raw, (reference) =>
      this.#fail(`"${reference}" does not begin a reference XML knows; write & as &amp;.`),
    );
  }

  #markup(): void {
    const text = this.#text;
    const at = this.#at;
    if (text.startsWith('</', at)) {
      this.#endTag();
    } else if (text.startsWith('<?', at)) {
      if (/^<\?xml[ \t\r\n?]/i.test(text.slice(at, at + 6))) {
        this.#fail('An XML declaration stands only at the very beginning.');
      }
      this.#skip('?>', 2, 'processing instruction');
    } else if (text.startsWith('<!--', at)) {
      this.#skip('-->', 4, 'comment');
    } else if (text.startsWith('<![CDATA[', at)) {
      const open = this.#open.at(-1);
      if (open === undefined) this.#fail('There is text outside the root element.');
      this.#skip(']]>', 9, 'CDATA section');
      open.text += text.slice(at + 9, this.#at - 3);
    } else if (text.startsWith('<!', at)) {
      this.#fail('Document types and entities are not accepted.');
    } else {
      this.#startTag();
    }
  }

  #skip(end: string, from: number, what: string): void {
    const at = this.#text.indexOf(end, this.#at + from);
    if (at === -1) this.#fail(`A ${what} is not closed.`);
    this.#at = at + end.length;
  }

  #name(): string {
    nameHere.lastIndex = this.#at;
    const name = nameHere.exec(this.#text)?.[0];
    if (name === undefined) this.#fail('A name is missing where a tag or attribute begins.');
    if (name.length > xmlNameCharactersMax) {
      this.#fail(`A name is longer than ${xmlNameCharactersMax} characters.`);
    }
    this.#at += name.length;
    return name;
  }

  /** Passes over white space; true when there was any. */
  #space(): boolean {
    spaceHere.lastIndex = this.#at;
    spaceHere.test(this.#text);
    const moved = spaceHere.lastIndex > this.#at;
    this.#at = spaceHere.lastIndex;
    return moved;
  }

  #startTag(): void {
    if (this.#root !== undefined) this.#fail('There is a second root element.');
    this.#at += 1;
    const qualified = this.#name();
    const name = qualified.slice(qualified.indexOf(':') + 1);
    if (name === '') this.#fail(`The name ${qualified} ends with its prefix.`);
    this.#elements += 1;
    if (this.#elements > xmlElementsMax) {
      this.#fail(`There are more than ${xmlElementsMax} elements.`);
    }
    if (this.#open.length >= xmlDepthMax) {
      this.#fail(`Elements are nested deeper than ${xmlDepthMax}.`);
    }
    const isEmpty = this.#attributes();
    this.#open.push({ qualified, name, children: [], text: '' });
    if (isEmpty) this.#close();
  }

  /** Reads attributes to the end of the tag; true when the element is empty. */
  #attributes(): boolean {
    let seen: Set<string> | undefined;
    for (;;) {
      const spaced = this.#space();
      if (this.#text.startsWith('>', this.#at)) {
        this.#at += 1;
        return false;
      }
      if (this.#text.startsWith('/>', this.#at)) {
        this.#at += 2;
        return true;
      }
      if (this.#at >= this.#text.length) this.#fail('A tag is not closed.');
      if (!spaced) this.#fail('A tag holds a character that does not belong there.');
      const name = this.#name();
      seen ??= new Set();
      if (seen.has(name)) this.#fail(`The attribute ${name} is repeated.`);
      if (seen.size >= xmlAttributesMax) {
        this.#fail(`A tag has more than ${xmlAttributesMax} attributes.`);
      }
      seen.add(name);
      this.#attributeValue();
    }
  }

  #attributeValue(): void {
    this.#space();
    if (this.#text[this.#at] !== '=') this.#fail('An attribute has no value.');
    this.#at += 1;
    this.#space();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") this.#fail("An attribute's value has no quotes.");
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end === -1) this.#fail("An attribute's value is not closed.");
    const value = this.#text.slice(this.#at + 1, end);
    if (value.includes('<')) this.#fail("An attribute's value holds <; write it as &lt;.");
    this.#resolve(value);
    this.#at = end + 1;
  }

  #endTag(): void {
    this.#at += 2;
    const qualified = this.#name();
    this.#space();
    if (this.#text[this.#at] !== '>') this.#fail('A closing tag is not closed.');
    this.#at += 1;
    if (this.#open.at(-1)?.qualified !== qualified) {
      this.#fail(`The closing tag ${qualified} does not fit what is open.`);
    }
    this.#close();
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const { name, children, text } = closed;
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = { name, children, text };
    else parent.children.push({ name, children, text });
  }
}

const carriageReturn = 13;
const lineFeed = 10;

/**
 * Line ends become one LF before anything is read, as the XML specification has it; a reference keeps
 * what it names. On bytes, because texts full of CR cost JavaScript's replacing a hundred times more.
 */
function oneLineEnd(document: Uint8Array): Uint8Array {
  if (!document.includes(carriageReturn)) return document;
  const lines = new Uint8Array(document.length);
  let length = 0;
  for (let i = 0; i < document.length; i += 1) {
    const byte = document[i] as number;
    if (byte === lineFeed && document[i - 1] === carriageReturn) continue;
    lines[length] = byte === carriageReturn ? lineFeed : byte;
    length += 1;
  }
  return lines.subarray(0, length);
}
