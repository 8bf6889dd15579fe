// Cuts a list so that each part fits one frame.

export interface Part<Item> {
  readonly items: Item[];
  readonly bytes: number;
}

/** In order; a part has more than `bytesMax` only when a single item does. */
export function inParts<Item>(
  items: readonly Item[],
  bytesOf: (item: Item) => number,
  bytesMax: number,
): Part<Item>[] {
  const parts: Part<Item>[] = [];
  let part: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const itemBytes = bytesOf(item);
    if (part.length > 0 && bytes + itemBytes > bytesMax) {
      parts.push({ items: part, bytes });
      part = [];
      bytes = 0;
    }
    part.push(item);
    bytes += itemBytes;
  }
  if (part.length > 0) parts.push({ items: part, bytes });
  return parts;
}
