// CORS on actual requests: what a browser needs to hand an answer, or a refusal, to a page of another
// origin. Nothing about credentials is ever said: links carry their own. Rules: operations reference
// §3.10, security checklist 32.
import { type CorsConfiguration, evaluateCors } from '@osskeep/protocol';
import type { Head } from '../request/head.ts';

/** Name, value, name, value. Empty for preflights, which have an answer of their own. */
export function corsHeaders(
  { method, headers }: Pick<Head, 'method' | 'headers'>,
  configuration: CorsConfiguration,
): string[] {
  if (method === 'OPTIONS') return [];
  const origin = headers.get('origin');
  const written: string[] = [];
  // Caches must keep answers to different origins apart, also the one that matched no rule.
  if (origin !== undefined || configuration.responseVary === true) written.push('Vary', 'Origin');
  if (origin === undefined) return written;
  const allowed = evaluateCors(configuration, { origin, method });
  if (allowed === undefined) return written;
  written.push('Access-Control-Allow-Origin', allowed.allowOrigin);
  written.push('Access-Control-Allow-Methods', allowed.allowMethods.join(', '));
  if (allowed.exposeHeaders.length > 0) {
    written.push('Access-Control-Expose-Headers', allowed.exposeHeaders.join(', '));
  }
  if (allowed.maxAgeSeconds !== undefined) {
    written.push('Access-Control-Max-Age', String(allowed.maxAgeSeconds));
  }
  return written;
}
