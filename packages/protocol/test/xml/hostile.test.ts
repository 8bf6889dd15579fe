// Documents made to stall a parser or fill its memory (security checklist 25): each is over in
// less than 50 ms of CPU time, at the largest size a request may have.
import { describe, expect, test } from 'vitest';
import { xmlBytesMax } from '../../src/xml/reader.ts';
import { faultIn } from './xml-of.ts';

const twoMebibytes = 2 * 1024 * 1024;
const fill = (text: string): string => text.repeat(Math.floor(twoMebibytes / text.length));

interface Hostile {
  readonly what: string;
  readonly document: string;
  readonly isAccepted: boolean;
}

function hostile([what, document, isAccepted = false]: readonly [
  string,
  string,
  boolean?,
]): Hostile {
  return { what, document, isAccepted };
}

const rows: readonly (readonly [what: string, document: string, isAccepted?: boolean])[] = [
  ['references', `<a>${'&#65;'.repeat(400_000)}</a>`, true],
  ['named references', `<a>${fill('&lt;')}</a>`, true],
  ['ampersands', `<a>${fill('&')}</a>`],
  ['a reference without an end', `<a>&${fill('a')};</a>`],
  ['an entity that multiplies', `<!DOCTYPE a [<!ENTITY b "${fill('b')}">]><a>&b;&b;</a>`],
  ['nested entities', `<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "${fill('d')}">]><a>&b;</a>`],
  ['depth 100,000', '<a>'.repeat(100_000)],
  ['depth 100,000, closed', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
  ['siblings', `<a>${fill('<b/>')}</a>`],
  ['roots', fill('<a/>')],
  ['attributes', `<a${fill(' b="c"')}/>`],
  [
    'different attributes',
    `<a${Array.from({ length: 100_000 }, (_, i) => ` b${i}=""`).join('')}/>`,
  ],
  ['a long name', `<${fill('a')}/>`],
  ['a long attribute', `<a b="${fill('c')}"/>`, true],
  ['an open attribute', `<a b="${fill("'")}`],
  ['space in a tag', `<a${fill(' ')}`],
  ['space around the root', `${fill(' ')}<a/>${fill('\n')}`, true],
  ['carriage returns', `<a>${fill('\r')}</a>`, true],
  ['comments', `<a>${fill('<!---->')}</a>`, true],
  ['an open comment', `<a><!--${fill('-')}`],
  ['CDATA', `<a>${fill('<![CDATA[]]>')}</a>`, true],
  ['an open CDATA', `<a><![CDATA[${fill(']]')}`],
  ['opening brackets', fill('<')],
  ['a long declaration', `<?xml ${fill('encoding=')}?><a/>`],
  ['an open declaration', `<?xml ${fill('encoding ')}`],
  ['text after the root', `<a/>${fill('x')}`],
  ['NUL at the end', `<a>${fill('x')}\0</a>`],
];

const documents: readonly Hostile[] = rows.map(hostile);

/** Milliseconds of this process's processor time, not of a clock that other work moves. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('hostile documents', () => {
  test.each(documents)('$what', ({ document, isAccepted }) => {
    const bytes = new TextEncoder().encode(document);
    let fault: string | undefined;
    let fastest = Number.POSITIVE_INFINITY;
    // The best of a few: the first pays for compiling, and others share this machine.
    for (let i = 0; i < 5 && fastest >= 50; i += 1) {
      fastest = Math.min(
        fastest,
        processorMs(() => {
          fault = faultIn(bytes);
        }),
      );
    }
    expect(fault === undefined).toBe(isAccepted);
    expect(fastest).toBeLessThan(50);
  });

  test('more bytes than any document has are not even looked at', () => {
    expect(faultIn(new Uint8Array(xmlBytesMax + 1))).toContain('larger than');
  });

  test('a refusal never repeats more than a little of the document', () => {
    for (const { document } of documents) {
      expect((faultIn(document) ?? '').length).toBeLessThan(400);
    }
  });
});
