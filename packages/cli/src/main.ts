// The program: reads the command line, runs the command, turns a failure into lines and a code.

import { reportFailure } from './failures/report-failure.ts';
import { createProgram } from './program.ts';

// `osskeep … | head` closes the pipe early; that is the reader's choice and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// An empty variable counts as absent, as it does for ossutil.
for (const [name, value] of Object.entries(process.env)) {
  if (value === '' && /^OSS(KEEP|UTIL)?_/.test(name)) delete process.env[name];
}

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportFailure(error, (text) => process.stderr.write(text));
}
