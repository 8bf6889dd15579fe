// Bytes as text: hexadecimal and base64, without Node's Buffer.

const hexOfByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 1) text += hexOfByte[bytes[i] as number];
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

/**
 * Compares what was given with what was calculated, without a hint in the time where they differ.
 * The time depends on the length of `calculated` alone, which is no secret.
 */
export function equalConstantTime(given: string, calculated: string): boolean {
  // One of another length can not be equal; it is compared with itself to take as long.
  const isSameLength = given.length === calculated.length;
  const text = isSameLength ? given : calculated;
  let difference = isSameLength ? 0 : 1;
  for (let i = 0; i < calculated.length; i += 1) {
    difference |= calculated.charCodeAt(i) ^ text.charCodeAt(i);
  }
  return difference === 0;
}
