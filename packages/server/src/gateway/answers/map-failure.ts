// Turns whatever a step threw into the refusal that goes on the wire. What is no refusal is an
// InternalError without a word of its cause; the cause goes to the log.
import { OssError, ossError } from '@osskeep/protocol';
import { ReadOnlyError } from '../../core/ports/metadata.ts';

const diskFull: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const overloaded: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE']);

export function mapFailure(failure: unknown): { error: OssError; unexpected: boolean } {
  if (failure instanceof OssError) return { error: failure, unexpected: false };
  const code = (failure as NodeJS.ErrnoException | undefined)?.code ?? '';
  if (diskFull.has(code)) {
    return { error: ossError('InsufficientStorage', {}, { cause: failure }), unexpected: true };
  }
  if (failure instanceof ReadOnlyError || overloaded.has(code)) {
    return { error: ossError('ServiceUnavailable', {}, { cause: failure }), unexpected: true };
  }
  return { error: ossError('InternalError', {}, { cause: failure }), unexpected: true };
}
