// Bytes as text: hexadecimal and base64, without Node's Buffer.

const digits = '0123456789abcdef';

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (digits[byte >> 4] as string) + (digits[byte & 15] as string);
  return text;
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** undefined unless the text is canonical base64, with padding. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return toBase64(bytes) === text ? bytes : undefined;
}

/** Compares two texts of the same kind without a hint in the time where they differ. */
export function equalConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i += 1) {
    difference |= b.charCodeAt(i) ^ (a.charCodeAt(i % (a.length || 1)) || 0);
  }
  return difference === 0;
}
