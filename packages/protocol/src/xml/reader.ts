// Our own strict reader: no document types or entities of the document's making, exactly one root,
// character references kept, limits on size, depth and count, one pass. Libraries lose `&#x1;`, accept
// two roots, or stall on hostile input (design §6). Raw control characters pass, as SDKs send them
// (design §8 row 23); NUL does not.
import { ossError } from '../errors/refuse.ts';
import type { XmlElement } from './node.ts';

export const xmlDepthMax = 16;
export const xmlElementsMax = 20_000;
export const xmlAttributesMax = 64;

interface Open {
  readonly qualified: string;
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

const nameChar = /[^\s<>/=!?&"']/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws MalformedXML with an `ErrorDetail` that says what is wrong and in which line. */
export function readXml(document: Uint8Array | string): XmlElement {
  let text: string;
  try {
    text = typeof document === 'string' ? document : utf8.decode(document);
  } catch {
    throw malformed('The document is not UTF-8.');
  }
  return new Reader(text.startsWith('\uFEFF') ? text.slice(1) : text).read();
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
    if (this.#text.includes('\0')) throw this.#fail('A NUL character is not allowed.');
    this.#declaration();
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at);
      this.#characters(this.#text.slice(this.#at, next === -1 ? undefined : next));
      if (next === -1) {
        this.#at = this.#text.length;
        break;
      }
      this.#at = next;
      this.#markup();
    }
    const open = this.#open.at(-1);
    if (open !== undefined) throw this.#fail(`The element ${open.qualified} is not closed.`);
    if (this.#root === undefined) throw this.#fail('The document has no root element.');
    return this.#root;
  }

  #fail(what: string): Error {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return malformed(`Line ${line}: ${what}`);
  }

  #declaration(): void {
    if (!this.#text.startsWith('<?xml') || !/\s/.test(this.#text[5] ?? '')) return;
    const end = this.#text.indexOf('?>');
    if (end === -1) throw this.#fail('The XML declaration is not closed.');
    const encoding = /encoding\s*=\s*["']([^"']*)["']/.exec(this.#text.slice(0, end))?.[1];
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
      throw this.#fail(`The encoding ${encoding} is not supported; use UTF-8.`);
    }
    this.#at = end + 2;
  }

  #characters(raw: string): void {
    if (raw === '') return;
    const open = this.#open.at(-1);
    if (open === undefined) {
      if (raw.trim() !== '') throw this.#fail('There is text outside the root element.');
      return;
    }
    if (raw.includes(']]>')) throw this.#fail('The text holds "]]>".');
    open.text += this.#resolve(raw);
  }

  #resolve(raw: string): string {
    // Line ends are one LF, as the XML specification has it; a reference keeps what it names.
    const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
    if (!text.includes('&')) return text;
    return text.replace(/&([^;&\s]{0,16});|&/g, (whole, name: string | undefined) => {
      const character = name === undefined ? undefined : reference(name);
      if (character === undefined) throw this.#fail(`"${whole}" is no reference XML knows.`);
      return character;
    });
  }

  #markup(): void {
    const text = this.#text;
    if (text.startsWith('<!--', this.#at)) {
      this.#skip('-->', 4, 'comment');
    } else if (text.startsWith('<![CDATA[', this.#at)) {
      const open = this.#open.at(-1);
      if (open === undefined) throw this.#fail('There is text outside the root element.');
      const from = this.#at + 9;
      this.#skip(']]>', 9, 'CDATA section');
      open.text += text.slice(from, this.#at - 3).replace(/\r\n?/g, '\n');
    } else if (text.startsWith('<!', this.#at)) {
      throw this.#fail('Document types and entities are not accepted.');
    } else if (text.startsWith('<?', this.#at)) {
      this.#skip('?>', 2, 'processing instruction');
    } else if (text.startsWith('</', this.#at)) {
      this.#endTag();
    } else {
      this.#startTag();
    }
  }

  #skip(end: string, from: number, what: string): void {
    const at = this.#text.indexOf(end, this.#at + from);
    if (at === -1) throw this.#fail(`A ${what} is not closed.`);
    this.#at = at + end.length;
  }

  #name(): string {
    const from = this.#at;
    while (this.#at < this.#text.length && nameChar.test(this.#text[this.#at] as string)) {
      this.#at += 1;
      if (this.#at - from > 256) throw this.#fail('A name is longer than 256 characters.');
    }
    const name = this.#text.slice(from, this.#at);
    if (name === '' || /^[-.0-9]/.test(name)) throw this.#fail('A name is missing after "<".');
    return name;
  }

  #space(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #startTag(): void {
    this.#at += 1;
    const qualified = this.#name();
    if (this.#root !== undefined && this.#open.length === 0) {
      throw this.#fail('There is a second root element.');
    }
    this.#elements += 1;
    if (this.#elements > xmlElementsMax) {
      throw this.#fail(`There are more than ${xmlElementsMax} elements.`);
    }
    if (this.#open.length >= xmlDepthMax) {
      throw this.#fail(`Elements are nested deeper than ${xmlDepthMax}.`);
    }
    const isEmpty = this.#attributes();
    const name = qualified.slice(qualified.indexOf(':') + 1);
    this.#open.push({ qualified, name, children: [], text: '' });
    if (isEmpty) this.#close();
  }

  /** Reads attributes to the end of the tag; true when the element is empty. */
  #attributes(): boolean {
    const seen = new Set<string>();
    for (;;) {
      this.#space();
      if (this.#text.startsWith('/>', this.#at)) {
        this.#at += 2;
        return true;
      }
      if (this.#text[this.#at] === '>') {
        this.#at += 1;
        return false;
      }
      if (this.#at >= this.#text.length) throw this.#fail('A tag is not closed.');
      const name = this.#name();
      if (seen.has(name) || seen.size >= xmlAttributesMax) {
        throw this.#fail(`The attribute ${name} is repeated, or there are too many.`);
      }
      seen.add(name);
      this.#attributeValue();
    }
  }

  #attributeValue(): void {
    this.#space();
    if (this.#text[this.#at] !== '=') throw this.#fail('An attribute has no value.');
    this.#at += 1;
    this.#space();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") throw this.#fail("An attribute's value has no quotes.");
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end === -1) throw this.#fail("An attribute's value is not closed.");
    const value = this.#text.slice(this.#at + 1, end);
    if (value.includes('<')) throw this.#fail('An attribute holds "<".');
    this.#resolve(value);
    this.#at = end + 1;
  }

  #endTag(): void {
    this.#at += 2;
    const qualified = this.#name();
    this.#space();
    if (this.#text[this.#at] !== '>') throw this.#fail('A closing tag is not closed.');
    this.#at += 1;
    const open = this.#open.at(-1);
    if (open?.qualified !== qualified) {
      throw this.#fail(`The closing tag ${qualified} does not fit what is open.`);
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

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function reference(name: string): string | undefined {
  if (!name.startsWith('#')) return named.get(name);
  const isHex = name[1] === 'x';
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[0-9a-fA-F]{1,6}$/ : /^[0-9]{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code === 0 || code > 0x10ffff || isSurrogate ? undefined : String.fromCodePoint(code);
}
