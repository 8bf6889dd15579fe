// Rolling up: what an engine may leave out of a range, and what it may not. None has to leave anything out.
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Metadata, Range, Row } from '../../../src/core/ports/metadata.ts';
import { MetadataLimitError } from '../../../src/core/ports/metadata.ts';
import type { MetadataCheck } from './metadata-check.ts';
import { done, key, range, set } from './short-hand.ts';

type RolledUp = Range & Required<Pick<Range, 'rollUp'>>;

/** As text of single bytes; undefined = the row stands for itself. */
function groupOf(row: string, { rollUp }: RolledUp): string | undefined {
  const { from, delimiter, suffixBytes = 0 } = rollUp ?? { from: 0, delimiter: Buffer.alloc(0) };
  const searched = row.slice(0, Math.max(0, row.length - suffixBytes));
  const text = delimiter.toString('latin1');
  const at = searched.indexOf(text, from);
  return at === -1 ? undefined : searched.slice(0, at + text.length);
}

/** Throws unless the rows are an answer to the range, of all that are in it. */
function judge(all: readonly Row[], rows: readonly Row[], asked: RolledUp): void {
  expect(rows.length).toBeLessThanOrEqual(asked.limit);
  const groups: string[] = [];
  let at = 0;
  for (const row of all) {
    if (at === rows.length && at === asked.limit) return;
    const text = row.key.toString('latin1');
    const given = rows[at];
    if (given?.key.equals(row.key) === true) {
      expect(given).toEqual(row);
      at += 1;
      const group = groupOf(text, asked);
      if (group !== undefined) groups.push(group);
      continue;
    }
    const isStoodFor = groups.some((group) => text.startsWith(group));
    expect(isStoodFor, `${JSON.stringify(text)} is left out`).toBe(true);
  }
  expect(at, 'rows that are not in the range, or twice').toBe(rows.length);
}

async function expectRolledUp(metadata: Metadata, asked: RolledUp): Promise<readonly Row[]> {
  const { rollUp: _, ...plain } = asked;
  const all = await range(metadata, { ...plain, limit: 1_000 });
  const rows = await range(metadata, asked);
  judge(all, rows, asked);
  return rows;
}

const everything = { from: key('\x01'), to: key('\x7f'), limit: 1_000 };
const slash = key('/');
/** `key 00` and eight bytes, as keys of versions end. */
const versionOf = (name: string, seq: number): string => {
  const suffix = Buffer.alloc(9);
  suffix.writeUInt32BE(0xffff_ffff, 1);
  suffix.writeUInt32BE(0xffff_ffff - seq, 5);
  return `${name}${suffix.toString('latin1')}`;
};
const latin1 = (name: string) => ({ key: Buffer.from(name, 'latin1'), value: key(name) });

const piece = fc.constantFrom('a', 'b', '/', '/', '//', '\xff', '\x01');
const names = fc.uniqueArray(
  fc.array(piece, { maxLength: 6 }).map((pieces) => `N${pieces.join('')}`),
  { maxLength: 60 },
);
const question = fc.record({
  from: fc.constantFrom('N', 'N/', 'Na', 'Na/', 'Na//', 'Nb/a', 'N\xff'),
  to: fc.constantFrom('O', 'O', 'Na0', 'Nb', 'N\xff\xff'),
  limit: fc.integer({ min: 0, max: 8 }),
  at: fc.integer({ min: 0, max: 4 }),
  delimiter: fc.constantFrom('/', '/', '//', 'a/', '\xff'),
  suffixBytes: fc.constantFrom(undefined, 0, 1, 3),
});

export const rollUpChecks: readonly MetadataCheck[] = [
  {
    name: 'rolling up leaves out only rows that begin as one given before',
    run: async (metadata) => {
      const groups = ['a/', 'b', 'c/', 'd', 'd0', 'e/'];
      const members = (name: string): string[] =>
        name.endsWith('/') ? Array.from({ length: 40 }, (_, at) => `${name}${at}/x`) : [name];
      await done(metadata, { set: groups.flatMap(members).map((name) => set(`p/${name}`)) });
      const rollUp = { from: 2, delimiter: slash };
      for (const limit of [0, 1, 2, 3, 4, 5, 6, 7, 1_000]) {
        await expectRolledUp(metadata, { ...everything, limit, rollUp });
      }
      // From within a group, and up to within one.
      await expectRolledUp(metadata, { from: key('p/a/7'), to: key('p/e/3'), limit: 9, rollUp });
      const deep = { from: 4, delimiter: slash };
      await expectRolledUp(metadata, { ...everything, rollUp: deep });
      await expectRolledUp(metadata, { ...everything, rollUp: { ...deep, from: 1_000 } });
    },
  },
  {
    name: 'pages of what is rolled up hold every group, wherever one goes on',
    run: async (metadata) => {
      const names = Array.from({ length: 300 }, (_, at) => `k/${String(at).padStart(3, '0')}`);
      const sizes = [1, 2, 3, 5, 8, 13, 1, 1, 1, 1];
      const rows = names.flatMap((name, at) =>
        Array.from({ length: sizes[at % sizes.length] ?? 1 }, (_, member) =>
          set(`${name}/${member}`),
        ),
      );
      await done(metadata, { set: rows.slice(0, 600) });
      await done(metadata, { set: rows.slice(600) });
      for (const limit of [1, 7, 100, 1_000]) {
        const found = new Set<string>();
        let from = key('k/');
        for (;;) {
          const asked = { from, to: key('k0'), limit, rollUp: { from: 2, delimiter: slash } };
          const page = await range(metadata, asked);
          for (const row of page) found.add(row.key.toString().slice(0, 5));
          const last = page.at(-1);
          if (last === undefined || page.length < limit) break;
          from = Buffer.concat([last.key, Buffer.of(0)]);
        }
        expect([...found]).toEqual(names);
      }
    },
  },
  {
    name: 'bytes of the suffix are no delimiter, whatever they look like',
    run: async (metadata) => {
      const keys = ['V1', 'V1a', 'V2/x', 'V2/y', 'V3'];
      const rows = keys.flatMap((name) => [3, 2, 1].map((seq) => latin1(versionOf(name, seq))));
      await done(metadata, { set: rows });
      for (const delimiter of [Buffer.of(0xff), Buffer.of(0), Buffer.of(0, 0xff), slash]) {
        const rollUp = { from: 1, delimiter, suffixBytes: 9 };
        const found = await expectRolledUp(metadata, { ...everything, rollUp });
        if (delimiter !== slash) expect(found).toHaveLength(rows.length);
      }
    },
  },
  {
    name: 'whatever the keys, rolling up leaves out what it may',
    run: async (metadata) => {
      await fc.assert(
        fc.asyncProperty(
          names,
          fc.array(question, { minLength: 4, maxLength: 8 }),
          async (all, questions) => {
            const old = await range(metadata, { from: key('N'), to: key('O'), limit: 1_000 });
            await done(metadata, { del: old.map((row) => row.key) });
            await done(metadata, { set: all.map(latin1) });
            for (const { from, to, limit, at, delimiter, suffixBytes } of questions) {
              const rollUp = {
                from: at,
                delimiter: Buffer.from(delimiter, 'latin1'),
                ...(suffixBytes === undefined ? {} : { suffixBytes }),
              };
              const bounds = { from: Buffer.from(from, 'latin1'), to: Buffer.from(to, 'latin1') };
              await expectRolledUp(metadata, { ...bounds, limit, rollUp });
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  },
  {
    name: 'limits: rolling up backwards, by no delimiter or by half a byte throws',
    run: async (metadata) => {
      const rollUp = { from: 0, delimiter: slash };
      const wrong: Range[] = [
        { ...everything, reverse: true, rollUp },
        { ...everything, rollUp: { ...rollUp, delimiter: Buffer.alloc(0) } },
        { ...everything, rollUp: { ...rollUp, from: -1 } },
        { ...everything, rollUp: { ...rollUp, from: 0.5 } },
        { ...everything, rollUp: { ...rollUp, suffixBytes: -1 } },
        { ...everything, rollUp: { ...rollUp, suffixBytes: Number.NaN } },
      ];
      for (const asked of wrong) {
        await expect(metadata.read({ ranges: [asked] })).rejects.toThrow(MetadataLimitError);
      }
      expect(await range(metadata, { ...everything, rollUp, reverse: false })).toEqual([]);
    },
  },
];
