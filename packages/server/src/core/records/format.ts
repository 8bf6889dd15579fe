// Every value starts with the version of its format (durability contract D18): an older program
// refuses a newer record by name and changes nothing.

export class NewerFormatError extends Error {
  override readonly name = 'NewerFormatError';

  constructor(record: string, found: number, known: number) {
    super(
      `A stored ${record} has format ${found}, this version of osskeep knows formats up to ` +
        `${known}. Start the newer version that wrote it.`,
    );
  }
}

export class BrokenRecordError extends Error {
  override readonly name = 'BrokenRecordError';
}

/** Throws unless the value starts with a known format and is at least as long as its fixed part. */
export function checkFormat(record: string, value: Buffer, known: number, bytesMin = 1): number {
  const found = value[0];
  if (found === undefined || found === 0)
    throw new BrokenRecordError(`A stored ${record} is empty.`);
  if (found > known) throw new NewerFormatError(record, found, known);
  if (value.length < bytesMin) throw new BrokenRecordError(`A stored ${record} is cut short.`);
  return found;
}
