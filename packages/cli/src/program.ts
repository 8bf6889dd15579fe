// The command line as a whole: names, help and the list of commands. One file per command.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCopyCommand } from './commands/cp.ts';
import { addMakeBucketCommand } from './commands/mb.ts';
import { addPresignCommand } from './commands/presign.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSignCommand } from './commands/sign.ts';

const after = `
Examples:
  osskeep serve                                      start a server on 127.0.0.1:6770
  osskeep mb oss://examplebucket                     make a bucket
  osskeep cp photo.jpg oss://examplebucket/          upload a file
  osskeep cp oss://examplebucket/photo.jpg .         download it
  osskeep presign oss://examplebucket/photo.jpg --expires-duration 1h

Environment:
  OSS_ENDPOINT, OSS_REGION, OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET, OSS_SESSION_TOKEN
  OSSKEEP_DEBUG=1 adds a stack to an error; \`osskeep serve --help\` lists the server's own.

Exit codes:
  0 done (also after a stop by signal)   1 failed   2 the command line is wrong
`;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}

export function createProgram(): Command {
  const program = new Command('osskeep')
    .description('Self-hosted object storage that speaks the Alibaba Cloud OSS API.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showHelpAfterError('(osskeep --help shows how to write it)')
    .configureHelp({ helpWidth: 100 })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'osskeep: ')) })
    .addHelpText('after', after)
    // Thrown instead of exiting, so that one place decides the exit code.
    .exitOverride();
  addServeCommand(program);
  addMakeBucketCommand(program);
  addCopyCommand(program);
  addPresignCommand(program);
  addSignCommand(program);
  return program;
}
