// `--include` and `--exclude`, by ossutil's rule: of all that match a name the last one counts; what
// none matches is taken if the first rule excludes, and left if it includes.
import type { Command } from 'commander';
import { matchesPattern } from './match-pattern.ts';

/** The rules stand in the order of the command line, over both flags. */
interface Rule {
  readonly place: number;
  readonly isInclude: boolean;
  readonly pattern: string;
}

export interface FilterOptions {
  readonly include?: readonly Rule[];
  readonly exclude?: readonly Rule[];
}

let places = 0;

function collect(isInclude: boolean) {
  return (pattern: string, previous: readonly Rule[] | undefined): Rule[] => {
    places += 1;
    return [...(previous ?? []), { place: places, isInclude, pattern }];
  };
}

/** `what`: keys or names; `when` the flags count, where that is not always. */
export function withFilters(command: Command, what: string, when = ''): Command {
  return command
    .option(
      '--include <pattern>',
      `${when}only ${what} that match; *, ? and [a-z] allowed; repeatable`,
      collect(true),
    )
    .option('--exclude <pattern>', `${when}no ${what} that match; repeatable`, collect(false));
}

export function hasFilters({ include, exclude }: FilterOptions): boolean {
  return include !== undefined || exclude !== undefined;
}

/** Says of a name, relative to where the work began, whether it is meant. */
export function nameFilter({
  include = [],
  exclude = [],
}: FilterOptions): (name: string) => boolean {
  const rules = [...include, ...exclude].sort((a, b) => a.place - b.place);
  const [first] = rules;
  if (first === undefined) return () => true;
  return (name) => {
    const last = rules.findLast(({ pattern }) => matchesPattern(name, pattern));
    return last === undefined ? !first.isInclude : last.isInclude;
  };
}
