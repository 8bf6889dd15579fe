// Header lines as text, and the last look before they are written: control characters would end a header
// early. The pipeline lets none through before.

const notInValue = /[^\t\x20-\x7e\x80-\xff]/;
const notInName = /[^A-Za-z0-9!#$%&'*+.^_`|~-]/;

/** `headers`: name, value, name, value, in Latin-1. Throws TypeError for what no header can carry. */
export function checkedLines(headers: readonly string[]): string {
  let lines = '';
  // Looked at all together: one look costs less than thirty.
  let names = '';
  let values = '';
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] as string;
    const value = headers[at + 1] as string;
    names += name;
    values += value;
    lines += `${name}: ${value}\r\n`;
  }
  if (notInName.test(names) || notInValue.test(values)) {
    throw new TypeError('A header cannot be sent: it holds what no header may.');
  }
  return lines;
}
