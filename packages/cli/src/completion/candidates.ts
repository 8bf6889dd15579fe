// What can come next on the command line, told from the commands themselves: their names, flags and
// choices, and, where an address is wanted, buckets and keys of the server.
import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description?: string;
}

/** Finds buckets and keys; options are those that stand on the line. */
export type AddressLookup = (
  text: string,
  options: ReadonlyMap<string, string>,
) => Promise<Candidate[]>;

/** undefined: a file name is wanted, which a shell knows best. */
export type Candidates = readonly Candidate[] | undefined;

const scheme = 'oss://';

function visibleOptions(command: Command): readonly Option[] {
  const help = command.createHelp();
  return help.visibleOptions(command);
}

function optionNamed(command: Command, flag: string): Option | undefined {
  return visibleOptions(command).find((option) => option.long === flag || option.short === flag);
}

function startingWith(candidates: readonly Candidate[], text: string): Candidate[] {
  return candidates.filter(({ value }) => value.startsWith(text));
}

function commandCandidates(program: Command): Candidate[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({ value: command.name(), description: command.summary() }));
}

function flagCandidates(command: Command): Candidate[] {
  return visibleOptions(command).flatMap(({ long, short, description }) => {
    const value = long ?? short;
    return value == null ? [] : [{ value, description }];
  });
}

/** What stood on the line: the words that are no flags, and the values of flags by their attribute. */
interface Parsed {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  /** The flag before the cursor still wants its value. */
  readonly open: Option | undefined;
}

function parse(command: Command, before: readonly string[]): Parsed {
  const words: string[] = [];
  const options = new Map<string, string>();
  let open: Option | undefined;
  for (const word of before) {
    if (open !== undefined) {
      options.set(open.attributeName(), word);
      open = undefined;
    } else if (word.startsWith('-') && word !== '-') {
      const [flag = '', value] = word.split(/=(.*)/s);
      const option = optionNamed(command, flag);
      if (option?.required !== true) continue;
      if (value === undefined) open = option;
      else options.set(option.attributeName(), value);
    } else {
      words.push(word);
    }
  }
  return { words, options, open };
}

/** An address is wanted where a description says so. */
function takesAddress(argument: Argument | undefined): boolean {
  return argument?.description.includes(scheme) === true;
}

function takesOnlyAddress(argument: Argument): boolean {
  return takesAddress(argument) && !/file|folder/.test(argument.description);
}

async function argumentCandidates(
  argument: Argument | undefined,
  text: string,
  options: ReadonlyMap<string, string>,
  lookUp: AddressLookup,
): Promise<Candidates> {
  if (argument === undefined) return [];
  if (argument.argChoices !== undefined) {
    return startingWith(
      argument.argChoices.map((value) => ({ value })),
      text,
    );
  }
  if (!takesAddress(argument)) return undefined;
  if (text.startsWith(scheme)) return lookUp(text, options);
  if (scheme.startsWith(text) && (text !== '' || takesOnlyAddress(argument))) {
    return [{ value: scheme }];
  }
  return undefined;
}

/** `words`: those after the program's name; the last one is being typed. */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  lookUp: AddressLookup,
): Promise<Candidates> {
  const text = words.at(-1) ?? '';
  const [name, ...before] = words.slice(0, -1);
  if (name === undefined) {
    const all = text.startsWith('-') ? flagCandidates(program) : commandCandidates(program);
    return startingWith(all, text);
  }
  if (name === 'help') return startingWith(commandCandidates(program), text);
  const command = program.commands.find(
    (one) => one.name() === name || one.aliases().includes(name),
  );
  if (command === undefined) return [];
  const { words: given, options, open } = parse(command, before);
  if (open !== undefined) {
    return open.argChoices === undefined
      ? undefined
      : startingWith(
          open.argChoices.map((value) => ({ value })),
          text,
        );
  }
  const [flag = '', part] = text.split(/=(.*)/s);
  if (text.startsWith('-') && part !== undefined) {
    const choices = optionNamed(command, flag)?.argChoices ?? [];
    return startingWith(
      choices.map((value) => ({ value: `${flag}=${value}` })),
      text,
    );
  }
  if (text.startsWith('-') && text !== '-') return startingWith(flagCandidates(command), text);
  return argumentCandidates(command.registeredArguments[given.length], text, options, lookUp);
}
