// `osskeep cp`: one file up or one object down, with ossutil's flags and summary lines.
import { type Command, Option } from 'commander';
import { withConnection } from '../connection.ts';
import { UsageError } from '../failures.ts';
import { isOssUri } from '../oss-uri.ts';
import type { CopyOptions } from '../transfer/copy-options.ts';
import { download } from '../transfer/download.ts';
import { upload } from '../transfer/upload.ts';

const after = `
"-" is standard input as SRC and standard output as DST. Without -f nothing is overwritten, neither
a local file nor an object. A key that would lead out of the named folder ("../x", "/x", "C:\\x") is
refused: name the local file instead.

Examples:
  osskeep cp photo.jpg oss://examplebucket            becomes oss://examplebucket/photo.jpg
  osskeep cp photo.jpg oss://examplebucket/2026/      becomes oss://examplebucket/2026/photo.jpg
  osskeep cp photo.jpg oss://examplebucket/cover.jpg -f
  osskeep cp oss://examplebucket/cover.jpg .
  osskeep cp oss://examplebucket/cover.jpg ./old.jpg --version-id 123
  tar c folder | osskeep cp - oss://examplebucket/folder.tar
  osskeep cp oss://examplebucket/folder.tar - | tar x
`;

export function addCopyCommand(program: Command): void {
  const command = program
    .command('cp')
    .summary('upload a file or download an object')
    .description('Copies one file to OSS or one object from OSS.')
    .argument('<src>', 'file, "-" or oss://bucket/key')
    .argument('<dst>', 'oss://bucket[/key or folder/], file, folder or "-"')
    .option('-f, --force', 'overwrite what is there')
    .option('--version-id <id>', 'download: one version of the object')
    .addOption(
      new Option('--acl <acl>', 'upload: who may read and write the object').choices([
        'default',
        'private',
        'public-read',
        'public-read-write',
      ]),
    )
    .addOption(
      new Option('--storage-class <class>', 'upload: class of the object').choices([
        'Standard',
        'IA',
        'Archive',
        'ColdArchive',
        'DeepColdArchive',
      ]),
    )
    .option('--content-type <type>', 'upload: media type (default: from the file name)')
    .addHelpText('after', after)
    .action(copy);
  withConnection(command);
}

async function copy(source: string, target: string, options: CopyOptions): Promise<void> {
  if (isOssUri(source) && isOssUri(target)) {
    throw new UsageError(
      'Both sides are in OSS; osskeep cp copies between this machine and OSS. ' +
        'Download the object and upload it again.',
    );
  }
  if (isOssUri(target)) {
    if (options.versionId !== undefined) {
      throw new UsageError(
        '--version-id chooses what is downloaded; an upload makes a new version.',
      );
    }
    return upload(source, target, options);
  }
  if (isOssUri(source)) {
    const given = (['acl', 'storageClass', 'contentType'] as const).find((name) => options[name]);
    if (given !== undefined) {
      const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new UsageError(`--${flag} is for uploads; it changes nothing in a download.`);
    }
    return download(source, target, options);
  }
  throw new UsageError('Neither side is in OSS. Write one of them as oss://bucket/key.');
}
