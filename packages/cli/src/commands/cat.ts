// `osskeep cat`: an object on standard output, and nothing else there.
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { formatOssUri, parseObjectUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { withQuiet } from '../output/output-options.ts';
import { type ConnectionOptions, connect, withConnection } from '../settings/connection.ts';

interface CatOptions extends ConnectionOptions {
  readonly range?: string;
  readonly versionId?: string;
}

const after = `
Bytes are written as they are stored; an object may hold what steers a terminal.

Examples:
  osskeep cat oss://examplebucket/hello.txt
  osskeep cat oss://examplebucket/app.log --range 0-999      the first 1,000 bytes
  osskeep cat oss://examplebucket/app.log --range -1000      the last 1,000
  osskeep cat oss://examplebucket/hello.txt --version-id 123
`;

/** As ossutil writes a range: `3-9`, `3-`, `-9`. */
function parseRange(text: string): string {
  const [, from, to] = /^(\d{0,16})-(\d{0,16})$/.exec(text) ?? [];
  const isRange = from !== undefined && (from !== '' || to !== '');
  if (!isRange || (from !== '' && to !== '' && Number(from) > Number(to))) {
    throw new InvalidArgumentError('Write FIRST-LAST, FIRST- or -COUNT, for example 0-99.');
  }
  return `bytes=${text}`;
}

export function addCatCommand(program: Command): void {
  const command = program
    .command('cat')
    .summary('print an object')
    .description('Writes an object to standard output.')
    .argument('<address>', 'oss://bucket/key')
    .option('--range <range>', 'bytes FIRST-LAST, FIRST- or -COUNT, counted from 0', parseRange)
    .option('--version-id <id>', 'one version of the object')
    .addHelpText('after', after)
    .action(cat);
  withConnection(withQuiet(command));
}

async function cat(address: string, options: CatOptions): Promise<void> {
  const { bucket, key } = parseObjectUri(address);
  const client = await connect(options, bucket);
  await attempt(`read ${formatOssUri({ bucket, key })}`, async () => {
    const { body } = await client.getObject(key, {
      versionId: options.versionId,
      // A range that is not there is refused; OSS would send the whole object.
      ...(options.range === undefined ? {} : { range: options.range, rangeBehavior: 'standard' }),
    });
    await pipeline(body, process.stdout, { end: false });
  });
}
