// The command line as a whole: names, help and the list of commands. One file per command.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addAccessBlockCommand } from './commands/access-block.ts';
import { addBucketCnameCommand } from './commands/bucket-cname.ts';
import { addBucketCorsCommand } from './commands/bucket-cors.ts';
import { addBucketVersioningCommand } from './commands/bucket-versioning.ts';
import { addCatCommand } from './commands/cat.ts';
import { addCompletionCommands } from './commands/completion.ts';
import { addConfigCommand } from './commands/config.ts';
import { addCopyCommand } from './commands/cp.ts';
import { addListCommand } from './commands/ls.ts';
import { addMakeBucketCommand } from './commands/mb.ts';
import { addPresignCommand } from './commands/presign.ts';
import { addRemoveBucketCommand } from './commands/rb.ts';
import { addRemoveCommand } from './commands/rm.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSetAclCommand } from './commands/set-acl.ts';
import { addSignCommand } from './commands/sign.ts';
import { addStatCommand } from './commands/stat.ts';

const after = `
Examples:
  osskeep serve                                      start a server on 127.0.0.1:6770
  osskeep mb oss://examplebucket                     make a bucket
  osskeep cp photo.jpg oss://examplebucket/          upload a file
  osskeep ls oss://examplebucket                     list what is there
  osskeep presign oss://examplebucket/photo.jpg --expires-duration 1h

Environment:
  OSS_ENDPOINT, OSS_REGION, OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET, OSS_SESSION_TOKEN
  OSSUTIL_CONFIG_FILE and OSSUTIL_PROFILE choose the settings in a file (~/.ossutilconfig).
  OSSKEEP_DEBUG=1 adds a stack to an error; \`osskeep serve --help\` lists the server's own.
  A flag wins over a variable, a variable over the file.

Exit codes:
  0 done (also after a stop by signal)   1 the command line is wrong   2 the service refused
  3 anything else failed                 4 some of many failed
`;

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}

/** Without flags and other names, which each command's own help shows. */
function subcommandTerm(command: Command): string {
  const words = command.registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
  return [command.name(), ...words].join(' ');
}

export function createProgram(): Command {
  const program = new Command('osskeep')
    .description('Self-hosted object storage that speaks the Alibaba Cloud OSS API.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showHelpAfterError('(osskeep --help shows how to write it)')
    .configureHelp({ helpWidth: 100, subcommandTerm })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'osskeep: ')) })
    .addHelpText('after', after)
    // Thrown instead of exiting, so that one place decides the exit code.
    .exitOverride();
  addServeCommand(program.commandsGroup('Server:'));
  program.commandsGroup('Buckets and objects:');
  addMakeBucketCommand(program);
  addRemoveBucketCommand(program);
  addListCommand(program);
  addCopyCommand(program);
  addCatCommand(program);
  addStatCommand(program);
  addRemoveCommand(program);
  program.commandsGroup('Signed URLs:');
  addPresignCommand(program);
  addSignCommand(program);
  program.commandsGroup('Settings of a bucket:');
  addBucketVersioningCommand(program);
  addSetAclCommand(program);
  addAccessBlockCommand(program);
  addBucketCnameCommand(program);
  addBucketCorsCommand(program);
  program.commandsGroup('This command:');
  addConfigCommand(program);
  addCompletionCommands(program);
  return program;
}
