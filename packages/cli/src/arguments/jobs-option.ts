// `-j`: how many things are worked on at a time. ossutil 1 says --jobs, ossutil 2 --job.
import { type Command, InvalidArgumentError, Option } from 'commander';

export interface JobsOptions {
  readonly jobs?: number;
  readonly job?: number;
}

const jobsDefault = 3;
const jobsMax = 1000;

function parseJobs(text: string): number {
  const jobs = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (jobs < 1 || jobs > jobsMax) throw new InvalidArgumentError(`Write 1 to ${jobsMax}.`);
  return jobs;
}

export function withJobs(command: Command): Command {
  return command
    .option(
      '-j, --jobs <number>',
      `with -r: so many at a time (default: ${jobsDefault})`,
      parseJobs,
    )
    .addOption(new Option('--job <number>').argParser(parseJobs).hideHelp());
}

export function jobsOf({ jobs, job }: JobsOptions): number {
  return jobs ?? job ?? jobsDefault;
}
