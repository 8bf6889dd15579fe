// Follows a listing from page to page.
import { TransportError } from '../errors/errors.ts';

/** Throws when the server names a page that was asked for already: it would go on for ever. */
export async function* pages<
  Page extends { readonly isTruncated?: boolean | undefined },
  From = string,
>(
  ask: (from: From | undefined) => Promise<Page>,
  nextOf: (page: Page) => From | undefined,
  start: From | undefined,
  isSame: (a: From, b: From | undefined) => boolean = Object.is,
): AsyncGenerator<Page, void, undefined> {
  let from = start;
  for (;;) {
    const page = await ask(from);
    yield page;
    if (page.isTruncated !== true) return;
    const next = nextOf(page);
    if (next === undefined || next === '' || isSame(next, from)) {
      throw new TransportError('The listing is not complete and does not say how it goes on.', {
        problem: 'broken-answer',
      });
    }
    from = next;
  }
}
