// `osskeep completion`: prints what makes a shell complete osskeep's commands, flags, buckets and keys;
// and `osskeep __complete`, which the shells then ask.
import { Argument, type Command } from 'commander';
import type { Candidate, Candidates } from '../completion/candidates.ts';
import { type Shell, scripts, shells } from '../completion/scripts.ts';
import { print } from '../output/print.ts';

const after = `
Examples:
  source <(osskeep completion bash)     in ~/.bashrc
  source <(osskeep completion zsh)      in ~/.zshrc, after compinit
  osskeep completion fish > ~/.config/fish/completions/osskeep.fish

Buckets and keys are looked up with the settings that a command would use.
`;

export function addCompletionCommands(program: Command): void {
  program
    .command('completion')
    .summary('print the completion for a shell')
    .description('Prints what makes a shell complete commands, flags, buckets and keys.')
    .addArgument(new Argument('<shell>', 'for which shell').choices(shells))
    .addHelpText('after', after)
    .action((shell: Shell) => print(scripts[shell]));
  program
    .command('__complete', { hidden: true })
    .argument('<shell>')
    .argument('[words...]')
    .helpOption(false)
    .action((shell: Shell, words: string[]) => complete(program, shell, words));
}

/** bash replaces what stands behind the last ":" or "=" of a word, and wants it quoted. */
function forBash(candidates: readonly Candidate[], text: string, quote: (text: string) => string) {
  const kept = Math.max(text.lastIndexOf(':'), text.lastIndexOf('=')) + 1;
  return candidates.map(({ value }) => quote(value.slice(kept)));
}

function withDescriptions(candidates: readonly Candidate[]): string[] {
  return candidates.map(({ value, description = '' }) =>
    description === '' ? value : `${value}\t${description.replace(/\s+/g, ' ')}`,
  );
}

async function complete(program: Command, shell: Shell, words: string[]): Promise<void> {
  const [{ candidatesFor }, { lookUpAddresses }, { quoteForShell, splitLine }] = await Promise.all([
    import('../completion/candidates.ts'),
    import('../completion/addresses.ts'),
    import('../completion/split-line.ts'),
  ]);
  const given = shell === 'bash' ? splitLine(words.join(' ')).slice(1) : words;
  const found: Candidates = await candidatesFor(program, given, lookUpAddresses);
  if (found === undefined) return;
  const text = given.at(-1) ?? '';
  const lines = shell === 'bash' ? forBash(found, text, quoteForShell) : withDescriptions(found);
  await print(lines.map((line) => `${line}\n`).join(''));
}
