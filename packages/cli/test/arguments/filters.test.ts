import { Command } from 'commander';
import { expect, test } from 'vitest';
import {
  type FilterOptions,
  hasFilters,
  nameFilter,
  withFilters,
} from '../../src/arguments/filters.ts';

function filter(...args: string[]): (name: string) => boolean {
  const command = withFilters(new Command(), 'names').parse(args, { from: 'user' });
  return nameFilter(command.opts<FilterOptions>());
}

test('of all rules that match the last one counts, over both flags', () => {
  const chosen = filter('--exclude', '*', '--include', '*.txt', '--exclude', 'secret*');
  expect(chosen('a.txt')).toBe(true);
  expect(chosen('secret.txt')).toBe(false);
  expect(chosen('a.bin')).toBe(false);
  const other = filter('--exclude', 'secret*', '--include', '*.txt');
  expect(other('secret.txt')).toBe(true);
  expect(other('secret.bin')).toBe(false);
  expect(other('a.bin')).toBe(true);
});

test('what no rule matches is taken unless the first rule includes', () => {
  expect(filter()('x')).toBe(true);
  expect(filter('--include', 'a')('x')).toBe(false);
  expect(filter('--exclude', 'a')('x')).toBe(true);
  expect(hasFilters({})).toBe(false);
});
