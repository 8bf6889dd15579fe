// `osskeep cp`: files up and objects down, one or many, with ossutil's flags and summary lines.
import { type Command, Option } from 'commander';
import { hasFilters, withFilters } from '../arguments/filters.ts';
import { withJobs } from '../arguments/jobs-option.ts';
import { isOssUri } from '../arguments/oss-uri.ts';
import { UsageError } from '../failures/failures.ts';
import { withQuiet } from '../output/output-options.ts';
import { withConnection } from '../settings/connection.ts';
import type { CopyOptions } from '../transfer/copy-options.ts';
import { download } from '../transfer/download.ts';
import { findSource, upload } from '../transfer/upload.ts';

const after = `
"-" is standard input as SRC and standard output as DST. Without -f or -u nothing is overwritten,
neither a local file nor an object: on a terminal it asks, elsewhere it fails. A key that would lead
out of the named folder ("../x", "/x", "C:\\x") is refused: name the local file instead.

With -r the files of a folder become objects under a prefix, and the other way round; folders as such
are not stored. What fails is told, and the rest goes on. An upload is one request, at most 5 GiB.

Examples:
  osskeep cp photo.jpg oss://examplebucket            becomes oss://examplebucket/photo.jpg
  osskeep cp photo.jpg oss://examplebucket/2026/      becomes oss://examplebucket/2026/photo.jpg
  osskeep cp photo.jpg oss://examplebucket/cover.jpg -f
  osskeep cp oss://examplebucket/cover.jpg .
  osskeep cp oss://examplebucket/cover.jpg ./old.jpg --version-id 123
  osskeep cp photos/ oss://examplebucket/photos/ -r -u --exclude "*.tmp"
  osskeep cp oss://examplebucket/photos/ ./photos/ -r -j 10
  tar c folder | osskeep cp - oss://examplebucket/folder.tar
  osskeep cp oss://examplebucket/folder.tar - | tar x
`;

export function addCopyCommand(program: Command): void {
  const command = program
    .command('cp')
    .alias('copy')
    .summary('upload files or download objects')
    .description('Copies files to OSS, or objects from OSS.')
    .argument('<src>', 'file, folder with -r, "-", oss://bucket/key, or a prefix with -r')
    .argument('<dst>', 'oss://bucket[/key or folder/], file, folder or "-"')
    .option('-r, --recursive', 'all files of a folder, or all objects under a prefix')
    .option('-f, --force', 'overwrite what is there')
    .option('-u, --update', 'only what is newer than what is there, and overwrite that')
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
    .option('--content-type <type>', 'upload: media type (default: from the file name)');
  withJobs(withFilters(command, 'names', 'with -r: '))
    .option('--no-progress', 'draw no bar; without a terminal there is none')
    .addHelpText('after', after)
    .action(copy);
  withConnection(withQuiet(command));
}

/** Flags that say nothing about what is to be done. */
function check(source: string, target: string, options: CopyOptions): void {
  if (isOssUri(source) && isOssUri(target)) {
    throw new UsageError(
      'Both sides are in OSS; osskeep cp copies between this machine and OSS. ' +
        'Download the object and upload it again.',
    );
  }
  if (!isOssUri(source) && !isOssUri(target)) {
    throw new UsageError('Neither side is in OSS. Write one of them as oss://bucket/key.');
  }
  if (isOssUri(target) && options.versionId !== undefined) {
    throw new UsageError('--version-id chooses what is downloaded; an upload makes a new version.');
  }
  const given = (['acl', 'storageClass', 'contentType'] as const).find((name) => options[name]);
  if (isOssUri(source) && given !== undefined) {
    const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${flag} is for uploads; it changes nothing in a download.`);
  }
  if (options.recursive === true) {
    if (source === '-' || target === '-') throw new UsageError('"-" is one stream; drop -r');
    if (options.versionId !== undefined) throw new UsageError('--version-id names one; drop -r');
  } else if (hasFilters(options)) {
    throw new UsageError('--include and --exclude choose among many; add -r');
  }
}

async function copy(source: string, target: string, options: CopyOptions): Promise<void> {
  check(source, target, options);
  if (isOssUri(source)) {
    if (options.recursive !== true) return download(source, target, options);
    const { downloadFolder } = await import('../transfer/download-folder.ts');
    return downloadFolder(source, target, options);
  }
  if (options.recursive !== true || (await findSource(source)).isFile()) {
    return upload(source, target, options);
  }
  const { uploadFolder } = await import('../transfer/upload-folder.ts');
  return uploadFolder(source, target, options);
}
