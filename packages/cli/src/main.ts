// The program: reads the command line, runs the command, turns a failure into lines and a code.
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

// `osskeep … | head` closes the pipe early; that is the reader's choice and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = reportFailure(error, (text) => process.stderr.write(text));
}
