// Repeatable `name=value` options, as `--query-param` of ossutil takes them.
import { InvalidArgumentError } from 'commander';

/** Adds one `name=value`; a name without `=` has an empty value. */
export function collectQuery(
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (name === '') throw new InvalidArgumentError('Write name=value.');
  if (previous !== undefined && Object.hasOwn(previous, name)) {
    throw new InvalidArgumentError(`"${name}" is given twice.`);
  }
  return { ...previous, [name]: equals < 0 ? '' : text.slice(equals + 1) };
}

/** Adds one header, `Name: value` or `name=value`. */
export function collectHeader(
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*[:=]\s*([^\r\n\0]*)$/.exec(text);
  const name = match?.[1]?.toLowerCase();
  if (name === undefined) throw new InvalidArgumentError('Write "Name: value".');
  if (previous !== undefined && Object.hasOwn(previous, name)) {
    throw new InvalidArgumentError(`"${name}" is given twice.`);
  }
  return { ...previous, [name]: match?.[2] ?? '' };
}

/** One `,`-separated value into a list; the flag may also be repeated. */
export function collectList(text: string, previous: readonly string[] | undefined): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('A name is empty.');
  return [...(previous ?? []), ...names];
}

/** `DOMAIN=BUCKET`, comma-separated or repeated. */
export function collectCname(
  text: string,
  previous: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  let all: Record<string, string> = { ...previous };
  for (const pair of collectList(text, undefined)) {
    const equals = pair.indexOf('=');
    if (equals < 1 || equals === pair.length - 1) {
      throw new InvalidArgumentError('Write DOMAIN=BUCKET, e.g. static.example.com=site.');
    }
    const domain = pair.slice(0, equals).toLowerCase();
    if (Object.hasOwn(all, domain)) throw new InvalidArgumentError(`"${domain}" is given twice.`);
    all = { ...all, [domain]: pair.slice(equals + 1) };
  }
  return all;
}
