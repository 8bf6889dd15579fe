// Which pages of other origins may use a bucket: a configuration's sense, and what it says of a
// request. Rules: operations reference T1-09, T1-21, §3.10, §3.11. An origin is compared whole,
// scheme and port included, and never by a part of it: `https://example.com` must not let
// `https://example.com.evil.test` in. Case is ignored, as it is in host names.
import { invalidArgument, invalidArgumentCase, ossError } from '../errors/refuse.ts';
import { commaSeparated } from './comma-separated.ts';

export const corsMethods = ['GET', 'PUT', 'DELETE', 'POST', 'HEAD'] as const;
export type CorsMethod = (typeof corsMethods)[number];

export interface CorsRule {
  /** `https://www.example.com`, `https://*.example.com`, or `*`. */
  allowedOrigins: readonly string[];
  allowedMethods: readonly CorsMethod[];
  /** Names of request headers, one `*` in each allowed; case is ignored. */
  allowedHeaders: readonly string[];
  /** Names of response headers that pages may read. */
  exposeHeaders: readonly string[];
  /** How long browsers may keep the answer to a preflight request. */
  maxAgeSeconds?: number | undefined;
}

export interface CorsConfiguration {
  /** The first that matches a request holds. */
  rules: readonly CorsRule[];
  /** True: every answer says `Vary: Origin`, also one to a request without an Origin. */
  responseVary?: boolean | undefined;
}

/** A request as the rules see it. */
export interface CorsRequest {
  /** The Origin header. */
  readonly origin: string;
  /** The method, or Access-Control-Request-Method of a preflight request. */
  readonly method: string;
  /** Access-Control-Request-Headers of a preflight request, as sent. */
  readonly requestHeaders?: string | undefined;
}

/** What a matching rule lets a browser know. */
export interface CorsMatch {
  /** `*` where the rule has it, otherwise the request's origin. */
  readonly allowOrigin: string;
  /** All methods of the rule. */
  readonly allowMethods: readonly CorsMethod[];
  /** The headers that the request asked for, all of which are allowed. */
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number | undefined;
}

export const corsRulesMax = 20;

/** Header fields of one request (choices row 12): more names than that match no rule. */
const requestHeadersMax = 200;

const control = /[\x00-\x1f\x7f]/;

/** Throws what PutBucketCors is refused with. */
export function checkCorsRules(rules: readonly CorsRule[]): void {
  if (rules.length === 0) {
    throw ossError('CorsWithoutRule', { ErrorDetail: 'CORSConfiguration has no CORSRule.' });
  }
  if (rules.length > corsRulesMax) throw ossError('CORSRuleBeyondLimit');
  for (const rule of rules) {
    if (rule.allowedOrigins.length === 0) throw missing('AllowedOrigin');
    if (rule.allowedMethods.length === 0) throw missing('AllowedMethod');
    for (const origin of rule.allowedOrigins) {
      checkText('AllowedOrigin', origin);
      if (wildcards(origin) > 1) throw refusedText('InvalidCorsOrigin', 'AllowedOrigin', origin);
    }
    for (const header of rule.allowedHeaders) {
      checkText('AllowedHeader', header);
      if (wildcards(header) > 1) throw refusedText('InvalidCorsHeader', 'AllowedHeader', header);
    }
    for (const header of rule.exposeHeaders) {
      checkText('ExposeHeader', header);
      if (wildcards(header) > 0) {
        throw refusedText('InvalidCorsExposeHeader', 'ExposeHeader', header);
      }
    }
  }
}

function missing(name: string): Error {
  return invalidArgument(name, '', `Every CORSRule must have an ${name}.`);
}

/** Some of it travels in headers, which control characters would end early. */
function checkText(name: string, text: string): void {
  if (text !== '' && !control.test(text) && text.isWellFormed()) return;
  const message = `The ${name} must not be empty or hold control characters.`;
  const shown = text.replace(/[\x00-\x1f\x7f]/g, '?').toWellFormed();
  throw invalidArgument(name, shown, message);
}

function refusedText(
  errorCase: 'InvalidCorsOrigin' | 'InvalidCorsHeader' | 'InvalidCorsExposeHeader',
  name: string,
  text: string,
): Error {
  return invalidArgumentCase(errorCase, name, text);
}

function wildcards(pattern: string): number {
  return pattern.split('*').length - 1;
}

/** What the first rule that matches says; `undefined` where none does. */
export function evaluateCors(
  configuration: Pick<CorsConfiguration, 'rules'>,
  request: CorsRequest,
): CorsMatch | undefined {
  const origin = request.origin.toLowerCase();
  const headers = namesOnce(commaSeparated(request.requestHeaders ?? ''));
  if (headers.length > requestHeadersMax) return undefined;
  for (const rule of configuration.rules) {
    const { allowedOrigins, allowedMethods, exposeHeaders, maxAgeSeconds } = rule;
    if (!(allowedMethods as readonly string[]).includes(request.method)) continue;
    if (!allowedOrigins.some((pattern) => matches(pattern.toLowerCase(), origin))) continue;
    if (!allowsAll(rule, headers)) continue;
    return {
      allowOrigin: allowedOrigins.includes('*') ? '*' : request.origin,
      allowMethods: allowedMethods,
      allowHeaders: headers,
      exposeHeaders,
      maxAgeSeconds,
    };
  }
  return undefined;
}

/** Without those that differ from an earlier one in case alone. */
function namesOnce(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const lower = name.toLowerCase();
    return !seen.has(lower) && seen.add(lower);
  });
}

function allowsAll(rule: CorsRule, headers: readonly string[]): boolean {
  const patterns = rule.allowedHeaders.map((pattern) => pattern.toLowerCase());
  return headers.every((name) => {
    const lower = name.toLowerCase();
    return patterns.some((pattern) => matches(pattern, lower));
  });
}

/** Is this the text, with any text in the place of the pattern's one `*`? */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === text;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  const isLongEnough = text.length >= before.length + after.length;
  return isLongEnough && text.startsWith(before) && text.endsWith(after);
}
