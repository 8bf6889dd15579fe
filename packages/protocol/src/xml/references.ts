// References in text and attributes: the five names every XML document has, and characters by number.
// A document type could define more; documents that bring one are refused. Read by character codes,
// with no slice or expression for each reference: a key can be all references, and so can an attack.

const ampersand = 38;
const hash = 35;
const semicolon = 59;
const lowerX = 120;
const digitsMax = 8;
/** UTF-16 units gathered before they become text. */
const unitsMax = 4096;

const named: readonly (readonly [written: string, unit: number])[] = [
  ['lt;', 60],
  ['gt;', 62],
  ['amp;', 38],
  ['quot;', 34],
  ['apos;', 39],
];

/** Resolves every reference; a bad one is handed to `fail`, which throws. */
export function resolveReferences(raw: string, fail: (reference: string) => never): string {
  let at = raw.indexOf('&');
  if (at === -1) return raw;
  const cursor = new Cursor(raw);
  const units: number[] = [];
  let resolved = raw.slice(0, at);
  while (at < raw.length) {
    if (raw.charCodeAt(at) === ampersand) {
      const code = cursor.reference(at);
      if (code === undefined) return fail(raw.slice(at, at + 10));
      if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + (code & 0x3ff));
      else units.push(code);
      if (units.length >= unitsMax) resolved += String.fromCharCode(...units.splice(0));
      at = cursor.end;
    } else {
      const next = raw.indexOf('&', at);
      const to = next === -1 ? raw.length : next;
      resolved += String.fromCharCode(...units.splice(0)) + raw.slice(at, to);
      at = to;
    }
  }
  return resolved + String.fromCharCode(...units);
}

class Cursor {
  readonly #raw: string;
  /** Where the last reference ended. */
  end = 0;

  constructor(raw: string) {
    this.#raw = raw;
  }

  /** Code point of the reference at this ampersand. */
  reference(at: number): number | undefined {
    if (this.#raw.charCodeAt(at + 1) === hash) return this.#numbered(at + 2);
    for (const [written, unit] of named) {
      if (this.#raw.startsWith(written, at + 1)) {
        this.end = at + 1 + written.length;
        return unit;
      }
    }
    return undefined;
  }

  #numbered(at: number): number | undefined {
    const isHex = this.#raw.charCodeAt(at) === lowerX;
    const first = isHex ? at + 1 : at;
    let code = 0;
    for (let i = first; i <= first + digitsMax; i += 1) {
      const unit = this.#raw.charCodeAt(i);
      if (unit === semicolon) {
        this.end = i + 1;
        const isSurrogate = code >= 0xd800 && code <= 0xdfff;
        return i === first || code === 0 || code > 0x10ffff || isSurrogate ? undefined : code;
      }
      const digit = digitOf(unit, isHex);
      if (digit === undefined) return undefined;
      code = code * (isHex ? 16 : 10) + digit;
    }
    return undefined;
  }
}

function digitOf(unit: number, isHex: boolean): number | undefined {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 0x20;
  return isHex && letter >= 97 && letter <= 102 ? letter - 87 : undefined;
}
