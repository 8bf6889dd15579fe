// Shapes: how a value looks as an XML element. A document is built from them one line a child, in the
// order the service prints; reading takes children in any order and passes over unknown ones.
import { invalidArgument, invalidArgumentCase, ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import { encodeComponent } from '../../http/percent.ts';
import type { XmlElement } from '../../xml/node.ts';
import { readXml } from '../../xml/reader.ts';
import { textElement, xmlDeclaration } from '../../xml/writer.ts';
import type { ReceivedMessage } from '../definition/message.ts';
import type { Field } from '../definition/operation.ts';
import type { Form } from '../forms/form.ts';

/** What all elements of one document share. */
export interface DocumentContext {
  /** `encoding-type=url`: keys and prefixes are percent-encoded. */
  readonly url: boolean;
  /** What a document that lacks something is refused as; `MalformedXML` when absent. */
  readonly malformed?: ErrorCase | undefined;
}

export interface Shape<T> {
  readonly write: (name: string, value: T, context: DocumentContext) => string;
  readonly read: (element: XmlElement, context: DocumentContext) => T;
}

/** A property's place among its parent's children. */
export interface Child<T> {
  readonly write: (value: T, context: DocumentContext) => string;
  readonly read: (parent: XmlElement, context: DocumentContext) => T;
}

export type Children<T> = { readonly [K in keyof T]-?: Child<T[K]> };

export function value<T>(form: Form<T>): Shape<T> {
  return {
    write: (name, given) => textElement(name, form.print(given, name)),
    read: ({ name, text }) => form.parse(text.trim(), name),
  };
}

/** Text whose white space counts. */
export const literal: Shape<string> = {
  write: (name, given) => textElement(name, given),
  read: ({ text }) => text,
};

/** A key, prefix, marker or delimiter: percent-encoded where the document says so. */
export const keyText: Shape<string> = {
  write: (name, given, { url }) => textElement(name, url ? encodeComponent(given) : given),
  read: ({ name, text }, { url }) => {
    if (!url) return text;
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw invalidArgument(name, text, `The ${name} is not URL-encoded.`);
    }
  },
};

export function object<T extends object>(children: Children<T>): Shape<T> {
  const entries = Object.entries(children) as [keyof T, Child<unknown>][];
  return {
    write: (name, given, context) => {
      let inside = '';
      for (const [property, child] of entries) inside += child.write(given[property], context);
      return `<${name}>${inside}</${name}>`;
    },
    read: (element, context) => {
      const found: Partial<T> = {};
      for (const [property, child] of entries) {
        const part = child.read(element, context);
        if (part !== undefined) found[property] = part as T[keyof T];
      }
      return found as T;
    },
  };
}

function find(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name);
}

/** A child that must be there; `missing` where its absence has a case of its own. */
export function one<T>(name: string, shape: Shape<T>, missing?: ErrorCase): Child<T> {
  return {
    write: (given, context) => shape.write(name, given, context),
    read: (parent, context) => {
      const child = find(parent, name);
      if (child !== undefined) return shape.read(child, context);
      if (missing !== undefined) throw invalidArgumentCase(missing, name, '');
      const { malformed = 'MalformedXML' } = context;
      throw ossError(malformed, { ErrorDetail: `${parent.name} has no ${name}.` });
    },
  };
}

/** An element whose one child is the whole value, `<Outer><Inner>…`. */
export function wrapped<T>(name: string, shape: Shape<T>): Shape<T> {
  return around(one(name, shape));
}

/** An element whose children of one kind are the whole value. */
export function around<T>(child: Child<T>): Shape<T> {
  return {
    write: (outer, given, context) => `<${outer}>${child.write(given, context)}</${outer}>`,
    read: child.read,
  };
}

/** A child that we always write, and that others may leave out. */
export function orElse<T>(name: string, shape: Shape<T>, fallback: T): Child<T> {
  return {
    write: (given, context) => shape.write(name, given, context),
    read: (parent, context) => {
      const child = find(parent, name);
      return child === undefined ? fallback : shape.read(child, context);
    },
  };
}

/** A child that may be absent. */
export function maybe<T>(name: string, shape: Shape<T>): Child<T | undefined> {
  return {
    write: (given, context) => (given === undefined ? '' : shape.write(name, given, context)),
    read: (parent, context) => {
      const child = find(parent, name);
      return child === undefined ? undefined : shape.read(child, context);
    },
  };
}

/** As `maybe`; an empty element counts as absent. */
export function maybeEmpty<T>(name: string, shape: Shape<T>): Child<T | undefined> {
  const child = maybe(name, shape);
  return {
    write: child.write,
    read: (parent, context) => {
      const found = find(parent, name);
      const isEmpty = found !== undefined && found.text === '' && found.children.length === 0;
      return isEmpty ? undefined : child.read(parent, context);
    },
  };
}

/** A child that is written empty when there is no value, and read as none when it is empty. */
export function orEmpty<T>(name: string, shape: Shape<T>): Child<T | undefined> {
  const child = maybeEmpty(name, shape);
  return {
    write: (given, context) =>
      given === undefined ? textElement(name, '') : child.write(given, context),
    read: child.read,
  };
}

/** Any number of children of one name, in order. */
export function many<T>(name: string, shape: Shape<T>): Child<readonly T[]> {
  return {
    write: (given, context) => given.map((item) => shape.write(name, item, context)).join(''),
    read: (parent, context) =>
      parent.children
        .filter((child) => child.name === name)
        .map((child) => shape.read(child, context)),
  };
}

/**
 * Any number of children of several names, mixed: their order in the document is the order of the
 * values. `kind` is the element's name.
 */
export function mixed<T extends { readonly kind: string }>(
  shapes: {
    readonly [Kind in T['kind']]: Shape<Omit<Extract<T, { readonly kind: Kind }>, 'kind'>>;
  },
): Child<readonly T[]> {
  const byName = new Map(Object.entries(shapes) as [string, Shape<unknown>][]);
  return {
    write: (given, context) => {
      let all = '';
      for (const item of given) all += byName.get(item.kind)?.write(item.kind, item, context) ?? '';
      return all;
    },
    read: (parent, context) => {
      const found: T[] = [];
      for (const child of parent.children) {
        const shape = byName.get(child.name);
        if (shape === undefined) continue;
        found.push({ kind: child.name, ...(shape.read(child, context) as object) } as T);
      }
      return found;
    },
  };
}

/** A child inside an element of its own, `<Buckets><Bucket>…`. */
export function inside<T>(name: string, child: Child<T>): Child<T> {
  const nowhere: XmlElement = { name, children: [], text: '' };
  return {
    write: (given, context) => `<${name}>${child.write(given, context)}</${name}>`,
    read: (parent, context) => child.read(find(parent, name) ?? nowhere, context),
  };
}

function bodyBytes(message: ReceivedMessage): Uint8Array {
  if (message.body instanceof Uint8Array) return message.body;
  if (message.body === undefined) return new Uint8Array(0);
  throw new TypeError('A document must be read whole before it is decoded.');
}

const encoder = new TextEncoder();

/** A whole message that is one document. */
export function document<T>(
  root: string,
  shape: Shape<T>,
  isUrl: (value: T) => boolean = () => false,
  malformed: ErrorCase = 'MalformedXML',
): Field<T> {
  return {
    encode: (given, message) => {
      const written = shape.write(root, given, { url: isUrl(given) });
      message.headers.set('content-type', 'application/xml');
      message.body = encoder.encode(xmlDeclaration + written);
    },
    decode: (message) => readDocument(root, shape, bodyBytes(message), malformed),
  };
}

/** A document that may be left out. */
export function optionalDocument<T>(
  root: string,
  shape: Shape<T>,
  errorCase: ErrorCase,
): Field<T | undefined> {
  const whole = document(root, shape);
  return {
    encode: (given, message) => {
      if (given !== undefined) whole.encode(given, message);
    },
    decode: (message) => {
      const body = bodyBytes(message);
      return body.length === 0 ? undefined : readDocument(root, shape, body, errorCase);
    },
  };
}

function readDocument<T>(root: string, shape: Shape<T>, body: Uint8Array, malformed: ErrorCase): T {
  let element: XmlElement;
  try {
    element = readXml(body);
  } catch (error) {
    const details = (error as { details?: Record<string, string> }).details;
    throw ossError(malformed, details, { cause: error });
  }
  if (element.name !== root) {
    throw ossError(malformed, { ErrorDetail: `The root is ${element.name}, not ${root}.` });
  }
  const url = find(element, 'EncodingType')?.text.trim() === 'url';
  return shape.read(element, { url, malformed });
}
