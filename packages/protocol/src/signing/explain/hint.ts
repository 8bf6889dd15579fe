// A hint: one sentence beside a refusal that says how to mend the request. Clients of the cloud never
// see one, so code, message and the other elements stay as OSS has them; the hint travels in a header
// of our own, and as the last element before the EC for those who look at the document in a browser.
import { OssError } from '../../errors/oss-error.ts';
import { encodeComponent } from '../../http/percent.ts';

export const hintHeader = 'x-osskeep-hint';
export const hintElement = 'Hint';

/** The same refusal with the sentence added. */
export function withHint(error: OssError, sentence: string): OssError {
  return new OssError({
    code: error.code,
    status: error.status,
    message: error.message,
    ec: error.ec,
    details: { ...error.details, [hintElement]: sentence },
    headers: { ...error.headers, [hintHeader]: sentence },
    closeConnection: error.closeConnection,
    cause: error.cause,
  });
}

const shownCharactersMax = 64;
const shownNamesMax = 3;

/** A piece of the request as it may stand in a hint: ASCII, and not long. */
export function shown(text: string): string {
  const encoded = encodeComponent(text.toWellFormed());
  return encoded.length <= shownCharactersMax
    ? encoded
    : `${encoded.slice(0, shownCharactersMax)}...`;
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
export function shownList(names: readonly string[]): string {
  const texts = names.slice(0, shownNamesMax).map(shown);
  if (names.length > shownNamesMax) texts.push(`${names.length - shownNamesMax} more`);
  const last = texts.pop() ?? '';
  return texts.length === 0 ? last : `${texts.join(', ')} and ${last}`;
}
