// What the commands on a bucket's settings share: ossutil 1's `--method` and its file for the answer.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../failures/failures.ts';
import { isJson, type OutputOptions, tell } from '../output/output-options.ts';
import type { ConnectionOptions } from '../settings/connection.ts';

export type SettingMethod = 'get' | 'put' | 'delete';

export interface SettingOptions extends ConnectionOptions, OutputOptions {
  readonly method: SettingMethod;
  readonly force?: boolean;
}

export function withMethod(command: Command, methods: readonly SettingMethod[]): Command {
  return command.addOption(
    new Option('--method <method>', 'what to do')
      .choices(methods)
      .argParser((text) => {
        const method = text.toLowerCase();
        if (!methods.some((known) => known === method)) {
          throw new InvalidArgumentError(`It can be ${methods.join(', ')}.`);
        }
        return method;
      })
      .makeOptionMandatory(),
  );
}

export function withFile(command: Command): Command {
  return command.option('-f, --force', 'replace the file of the answer without asking');
}

/** Refuses words that the command would not look at. */
export function expectNoMore(words: readonly (string | undefined)[]): void {
  const word = words.find((one) => one !== undefined);
  if (word !== undefined) throw new UsageError(`"${word}" is one word too many`);
}

export function expectWord(word: string | undefined, what: string): string {
  if (word === undefined || word === '') throw new UsageError(`${what} is missing`);
  return word;
}

/** Tells an answer on standard output, or writes ossutil's document to the file. */
export async function tellDocument(
  options: SettingOptions,
  value: unknown,
  text: string,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) return tell(options, value, text);
  if (isJson(options)) {
    throw new UsageError('The file takes XML, as with ossutil; drop it or --output json');
  }
  const { writeDocumentFile } = await import('../documents/document-file.ts');
  await writeDocumentFile(file, text, options.force === true);
}
