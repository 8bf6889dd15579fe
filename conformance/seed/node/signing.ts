// What the two Node programs share: jobs in, signed URLs out, as ../README.md says.
import { text } from 'node:stream/consumers';
import type { Answer, Job } from '../support/job.ts';

export class NoSuchCall extends Error {}

export async function run(sign: (job: Job) => Promise<string>): Promise<void> {
  const jobs = JSON.parse(await text(process.stdin)) as Job[];
  const answers: Answer[] = [];
  for (const job of jobs) {
    try {
      answers.push({ id: job.id, url: await sign(job) });
    } catch (error) {
      const { message } = error as Error;
      const kind = error instanceof NoSuchCall ? 'noSuchCall' : 'error';
      answers.push({ id: job.id, [kind]: message });
    }
  }
  process.stdout.write(JSON.stringify(answers));
}
