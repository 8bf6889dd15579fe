// `osskeep bucket-cname`: custom domains of a bucket, in ossutil 1's words.
import type { Command } from 'commander';
import { Option } from 'commander';
import { parseBucketUri } from '../arguments/oss-uri.ts';
import { attempt, UsageError } from '../failures/failures.ts';
import { printElapsed, withOutput } from '../output/output-options.ts';
import { isoTime } from '../output/time.ts';
import { connect, withConnection } from '../settings/connection.ts';
import {
  expectNoMore,
  expectWord,
  type SettingOptions,
  tellDocument,
  withFile,
  withMethod,
} from './setting-command.ts';

interface CnameOptions extends SettingOptions {
  readonly item?: 'token' | 'certificate';
}

const after = `
A domain is bound once its owner has proved it: put the token that --item token makes into a TXT record
of _dnsauth.DOMAIN, then --method put binds the domain.

--item certificate takes a BucketCnameConfiguration in XML: the domain with its certificate and key.

Examples:
  osskeep bucket-cname --method put --item token oss://examplebucket img.example.com
  osskeep bucket-cname --method get --item token oss://examplebucket img.example.com
  osskeep bucket-cname --method put oss://examplebucket img.example.com
  osskeep bucket-cname --method get oss://examplebucket
  osskeep bucket-cname --method put --item certificate oss://examplebucket cname.xml
  osskeep bucket-cname --method delete oss://examplebucket img.example.com
`;

export function addBucketCnameCommand(program: Command): void {
  const command = program
    .command('bucket-cname')
    .summary('bind custom domains to a bucket')
    .description('Binds custom domains to a bucket, lists them, lets them go.')
    .argument('<bucket>', 'oss://bucket')
    .argument(
      '[word]',
      'a domain; with --item certificate the file; with get a file for the answer',
    )
    .argument('[file]', 'with --item token: a file for the answer');
  withFile(withMethod(command, ['get', 'put', 'delete']))
    .addOption(
      new Option('--item <item>', 'the proof of ownership, or the certificate').choices([
        'token',
        'certificate',
      ]),
    )
    .addHelpText('after', after)
    .action(bucketCname);
  withConnection(withOutput(command));
}

interface Call {
  readonly bucket: string;
  readonly word: string | undefined;
  readonly file: string | undefined;
  readonly options: CnameOptions;
}

async function list({ bucket, word: file, file: more, options }: Call): Promise<void> {
  expectNoMore([more]);
  const client = await connect(options, bucket);
  const found = await attempt(`list the domains of oss://${bucket}`, () => client.listCname());
  const [{ documentText }, { listCname }] = await Promise.all([
    import('../documents/document-text.ts'),
    import('@osskeep/protocol'),
  ]);
  const time = (ms: number | undefined): string | undefined =>
    ms === undefined ? undefined : isoTime(ms);
  const cnames = found.cnames.map(({ certificate, lastModified, ...cname }) => ({
    ...cname,
    lastModified: isoTime(lastModified),
    certificate: certificate && {
      ...certificate,
      creationDate: time(certificate.creationDate),
      validStartDate: time(certificate.validStartDate),
      validEndDate: time(certificate.validEndDate),
    },
  }));
  const json = { kind: 'cnames', ...found, cnames };
  await tellDocument(options, json, documentText(listCname, found), file);
}

async function token({ bucket, word, file, options }: Call): Promise<void> {
  const domain = expectWord(word, 'The domain');
  const client = await connect(options, bucket);
  const found = await (options.method === 'put'
    ? attempt(`make a token for ${domain}`, () => client.createCnameToken({ domain }))
    : attempt(`read the token of ${domain}`, () => client.getCnameToken({ domain })));
  const [{ documentText }, { getCnameToken }] = await Promise.all([
    import('../documents/document-text.ts'),
    import('@osskeep/protocol'),
  ]);
  const json = { kind: 'cnameToken', ...found, expireTime: isoTime(found.expireTime) };
  await tellDocument(options, json, documentText(getCnameToken, found), file);
}

async function certificate({ bucket, word, file, options }: Call): Promise<void> {
  const path = expectWord(word, 'The file with the certificate');
  expectNoMore([file]);
  const [{ readDocumentFile }, { parseDocument }, { putCname }] = await Promise.all([
    import('../documents/document-file.ts'),
    import('../documents/document-text.ts'),
    import('@osskeep/protocol'),
  ]);
  const input = parseDocument(putCname, await readDocumentFile(path), path);
  const client = await connect(options, bucket);
  await attempt(`set the certificate of ${input.domain}`, () => client.putCname(input));
}

async function bindOrLetGo({ bucket, word, file, options }: Call): Promise<void> {
  const domain = expectWord(word, 'The domain');
  expectNoMore([file]);
  const client = await connect(options, bucket);
  await (options.method === 'put'
    ? attempt(`bind ${domain} to oss://${bucket}`, () => client.putCname({ domain }))
    : attempt(`take ${domain} from oss://${bucket}`, () => client.deleteCname({ domain })));
}

async function bucketCname(
  address: string,
  word: string | undefined,
  file: string | undefined,
  options: CnameOptions,
): Promise<void> {
  const begin = performance.now();
  const call: Call = { bucket: parseBucketUri(address), word, file, options };
  const { item, method } = options;
  if (item === 'token' && method === 'delete') {
    throw new UsageError('A token ends by itself; --item token takes get and put');
  }
  if (item === 'certificate' && method !== 'put') {
    throw new UsageError('--item certificate takes put; get without --item lists certificates');
  }
  if (item === 'token') await token(call);
  else if (item === 'certificate') await certificate(call);
  else await (method === 'get' ? list(call) : bindOrLetGo(call));
  await printElapsed(options, begin);
}
