// Web pages on the service's own domain: the real service has browsers save them, so that nobody
// serves pages under its name; a custom domain shows them (choices §7, parity).
import type { GetObjectOutput } from '@osskeep/protocol';
import type { HandlerContext } from '../../request/handler.ts';

/** Types that a browser runs or renders as a document of the host. */
const pages: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/xml',
  'application/xml',
]);

/** Of such a type, whatever parameters it has. */
function isPage(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const end = contentType.indexOf(';');
  const type = end === -1 ? contentType : contentType.slice(0, end);
  return pages.has(type.trim().toLowerCase());
}

/** Headers that replace the object's own, if any do. */
export function forcedDownload(
  { contentType, contentDisposition }: Pick<GetObjectOutput, 'contentType' | 'contentDisposition'>,
  { style, settings: { parity }, warn }: Pick<HandlerContext, 'style' | 'settings' | 'warn'>,
): Pick<GetObjectOutput, 'contentDisposition' | 'forceDownload'> | undefined {
  if (style === 'cname' || !isPage(contentType)) return undefined;
  if (parity === 'strict') return { contentDisposition: 'attachment', forceDownload: true };
  const isShown = contentDisposition?.trim().toLowerCase().startsWith('attachment') !== true;
  if (isShown) warn('OSS has browsers save this type on its own domain; use a custom domain.');
  return undefined;
}
