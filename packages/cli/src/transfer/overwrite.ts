// Nothing is replaced unasked: with -f it is, on a terminal somebody is asked, and otherwise what is
// there stays and the command says so.

import { causeOf, isRefusal } from '../failures/report-failure.ts';
import { confirm } from '../terminal/confirm.ts';
import type { Meter } from './meter.ts';
import { ExistsError } from './write-file.ts';

function isTaken(error: unknown): boolean {
  const cause = causeOf(error);
  if (cause instanceof ExistsError) return true;
  return isRefusal(cause) && cause.code === 'FileAlreadyExists';
}

/** One question at a time, however many transfers run. */
let lastQuestion: Promise<unknown> = Promise.resolve();

function askInTurn(question: string, meter: Meter): Promise<boolean> {
  const answer = lastQuestion.then(() => meter.whilePaused(() => confirm(question)));
  lastQuestion = answer.catch(() => undefined);
  return answer;
}

/** `work` is told whether it may replace what is there. undefined: it was left. */
export async function guarded<T>(
  force: boolean,
  what: string,
  meter: Meter,
  work: (force: boolean) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work(force);
  } catch (error) {
    const isSomebodyThere = process.stdin.isTTY === true && process.stderr.isTTY === true;
    if (force || !isSomebodyThere || !isTaken(error)) throw error;
  }
  return (await askInTurn(`cp: overwrite "${what}"`, meter)) ? await work(true) : undefined;
}
