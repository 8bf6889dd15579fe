// `osskeep bucket-cors`: which web pages of other origins may use a bucket, in ossutil 1's words.
import type { Command } from 'commander';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt } from '../failures/failures.ts';
import { printElapsed, withOutput } from '../output/output-options.ts';
import { connect, withConnection } from '../settings/connection.ts';
import {
  expectNoMore,
  expectWord,
  type SettingOptions,
  tellDocument,
  withFile,
  withMethod,
} from './setting-command.ts';

const after = `
The rules are a CORSConfiguration in XML, as --method get prints it; "-" is standard input.

Examples:
  osskeep bucket-cors --method put oss://examplebucket cors.xml
  osskeep bucket-cors --method get oss://examplebucket
  osskeep bucket-cors --method get oss://examplebucket cors.xml
  osskeep bucket-cors --method delete oss://examplebucket
`;

export function addBucketCorsCommand(program: Command): void {
  const command = program
    .command('bucket-cors')
    .alias('cors')
    .summary('say which web pages may use a bucket')
    .description('Sets, shows or removes the rules for web pages of other origins.')
    .argument('<bucket>', 'oss://bucket')
    .argument('[file]', 'put: the rules in XML; get: where to write them');
  withFile(withMethod(command, ['get', 'put', 'delete']))
    .addHelpText('after', after)
    .action(bucketCors);
  withConnection(withOutput(command));
}

async function put(bucket: string, file: string, options: SettingOptions): Promise<void> {
  const [{ readDocumentFile }, { parseDocument }, { putBucketCors }] = await Promise.all([
    import('../documents/document-file.ts'),
    import('../documents/document-text.ts'),
    import('@osskeep/protocol'),
  ]);
  const input = parseDocument(putBucketCors, await readDocumentFile(file), file);
  const client = await connect(options, bucket);
  await attempt(`set the CORS rules of oss://${bucket}`, () => client.putBucketCors(input));
}

async function get(bucket: string, file: string | undefined, options: SettingOptions) {
  const client = await connect(options, bucket);
  const found = await attempt(`read the CORS rules of oss://${bucket}`, () =>
    client.getBucketCors(),
  );
  const [{ documentText }, { getBucketCors }] = await Promise.all([
    import('../documents/document-text.ts'),
    import('@osskeep/protocol'),
  ]);
  const json = { kind: 'cors', bucket, ...found };
  await tellDocument(options, json, documentText(getBucketCors, found), file);
}

async function bucketCors(
  address: string,
  file: string | undefined,
  options: SettingOptions,
): Promise<void> {
  const begin = performance.now();
  const bucket = parseBucketUri(address);
  if (options.method === 'put') {
    await put(bucket, expectWord(file, 'The file with the rules'), options);
  } else if (options.method === 'get') {
    await get(bucket, file, options);
  } else {
    expectNoMore([file]);
    const client = await connect(options, bucket);
    await attempt(`remove the CORS rules of oss://${bucket}`, () => client.deleteBucketCors());
  }
  await printElapsed(options, begin);
}
