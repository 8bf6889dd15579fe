// The list of headers that a signer added to the signed ones.

/**
 * The list as line 5 of the canonical request has it: lower case, no repeats, sorted, without the
 * two that are always signed (signing reference §1.9, server rule 2). Empty names are left out.
 */
export function normalizeAdditionalHeaders(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const kept = new Set<string>();
  for (const name of names) {
    const lower = name.trim().toLowerCase();
    if (lower !== '' && lower !== 'content-type' && lower !== 'content-md5') kept.add(lower);
  }
  return [...kept].sort();
}

export function splitAdditionalHeaders(text: string): string[] {
  return text.split(';');
}
