// Region ids in OSS's form, `cn-hangzhou`; configuration may also say `oss-cn-hangzhou`.

const rule = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** The plain id. Throws RangeError when the text is none. */
export function normalizeRegion(text: string): string {
  const plain = text.startsWith('oss-') ? text.slice(4) : text;
  if (!rule.test(plain) || plain.length > 64) {
    throw new RangeError(`"${text}" is no region id like cn-hangzhou.`);
  }
  return plain;
}

/** The form of `Location` elements: `oss-cn-hangzhou`. */
export function regionLocation(region: string): string {
  return `oss-${region}`;
}
