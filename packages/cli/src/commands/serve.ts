// `osskeep serve`: runs the server until a signal. stdout gets exactly one line, `ready URL…`, when
// it answers; everything else (logs, a new root key, whom to trust) goes to stderr.
import type { Service, StartOptions } from '@osskeep/server';
import type { Command } from 'commander';
import { ActionError, CommandError, UsageError } from '../failures/failures.ts';
import { onHangUp } from '../serve/hang-up.ts';
import { addServeOptions, type ServeOptions, serveSettings } from '../serve/serve-options.ts';
import { stopSignal } from '../serve/stop-signal.ts';
import { trustText } from '../serve/trust-text.ts';

const after = `
The root key is OSS_ACCESS_KEY_ID with OSS_ACCESS_KEY_SECRET. Without them the key of an earlier
start is kept; the first start makes one and shows it once, on stderr.

OSSKEEP_MASTER_KEY, 32 bytes in base64, encrypts the stored secrets; without it a key is kept in the
data folder.

https: give a certificate and its key in PEM, or let the server be its own certificate authority;
stderr then says how to trust it. Renewed certificate files count without a restart.

The server stops on Ctrl-C or SIGTERM, after the requests under way; a second signal stops it
at once. SIGHUP reads the configuration file again: accounts and keys, domains, certificates, log
level, parity.

With --workers 2 or more this process writes and watches, and the others answer requests: one for each
core. A worker that dies is started again; SIGUSR2 replaces one after the other and loses no request.

Health and metrics: GET /livez, /readyz and /metrics on the admin address.

Examples:
  osskeep serve
  osskeep serve --listen 0.0.0.0:6770 --data /srv/osskeep --log-level warn
  osskeep serve --listen 127.0.0.1:0                 any free port; the ready line names it
  osskeep serve --workers 4                          as a machine with four cores would
  osskeep serve --domain oss.example.test --cname static.example.test=site
  osskeep serve --tls-self-signed                    https as well, on port 6772
  osskeep serve --listen off --tls-listen :443 \\
    --tls-cert /etc/ssl/oss.example.com/fullchain.pem --tls-key /etc/ssl/oss.example.com/privkey.pem
  osskeep serve --config /etc/osskeep.yaml --admin-listen off
`;

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('run the server')
    .description('Runs the server. Prints "ready URL" when it answers.');
  addServeOptions(command).addHelpText('after', after).action(serve);
}

function rootKeyFromEnvironment(): StartOptions['rootKey'] {
  const accessKeyId = process.env['OSS_ACCESS_KEY_ID'];
  const accessKeySecret = process.env['OSS_ACCESS_KEY_SECRET'];
  if (!accessKeyId && !accessKeySecret) return undefined;
  if (!accessKeyId || !accessKeySecret) {
    const missing = accessKeyId ? 'OSS_ACCESS_KEY_SECRET' : 'OSS_ACCESS_KEY_ID';
    throw new UsageError(`${missing} is missing: the root key needs both its id and its secret.`);
  }
  return { accessKeyId, accessKeySecret };
}

/** The server words its own refusals for a person; anything else is named as what it is. */
function startFailure(error: unknown): Error {
  const { name, message } = error as Error;
  return name === 'ConfigurationError' || name === 'DirectoryInUseError'
    ? new CommandError(message, { cause: error })
    : new ActionError('Cannot start the server', { cause: error });
}

function showNewRootKey(osskeep: Service): void {
  if (!osskeep.rootKeyCreated || osskeep.accessKeySecret === undefined) return;
  process.stderr.write(
    'A root access key was made. Its secret is shown only this once:\n' +
      `  OSS_ACCESS_KEY_ID=${osskeep.accessKeyId}\n` +
      `  OSS_ACCESS_KEY_SECRET=${osskeep.accessKeySecret}\n`,
  );
}

function showWhomToTrust({ tlsCaFile, httpsEndpoint }: Service): void {
  if (tlsCaFile === undefined || httpsEndpoint === undefined) return;
  process.stderr.write(trustText(tlsCaFile, httpsEndpoint));
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  const rootKey = rootKeyFromEnvironment();
  const masterKey = process.env['OSSKEEP_MASTER_KEY'];
  const stop = stopSignal();
  // Before the server answers: unheard, the signal would end the process.
  let osskeep: Service | undefined;
  onHangUp(() => {
    // What went wrong is in the log; the server goes on as it was.
    osskeep?.reload().catch(() => undefined);
  });
  process.on('SIGUSR2', () => {
    osskeep?.restartWorkers().catch(() => undefined);
  });
  const { serveOsskeep } = await import('@osskeep/server');
  try {
    osskeep = await serveOsskeep({
      ...serveSettings(options, command),
      ...(options.config === undefined ? {} : { configFile: options.config }),
      ...(rootKey === undefined ? {} : { rootKey }),
      ...(masterKey === undefined ? {} : { masterKey }),
    });
  } catch (error) {
    throw startFailure(error);
  }
  showNewRootKey(osskeep);
  showWhomToTrust(osskeep);
  process.stdout.write(`ready ${osskeep.addresses.join(' ')}\n`);
  await stop;
  await osskeep.stop();
  process.exit(0);
}
