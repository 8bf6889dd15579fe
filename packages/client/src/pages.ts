// Follows a listing from page to page.
import { TransportError } from './errors.ts';

/** Throws when the server names a page that was asked for already: it would go on for ever. */
export async function* pages<Page extends { readonly isTruncated?: boolean | undefined }>(
  ask: (from: string | undefined) => Promise<Page>,
  nextOf: (page: Page) => string | undefined,
  start: string | undefined,
): AsyncGenerator<Page, void, undefined> {
  let from = start;
  for (;;) {
    const page = await ask(from);
    yield page;
    if (page.isTruncated !== true) return;
    const next = nextOf(page);
    if (next === undefined || next === '' || next === from) {
      throw new TransportError('The listing is not complete and does not say how it goes on.', {
        problem: 'broken-answer',
      });
    }
    from = next;
  }
}
