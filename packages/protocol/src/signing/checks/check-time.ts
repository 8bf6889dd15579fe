// Is it of this moment? Header signatures allow 15 minutes either way; signed URLs have a window
// (signing reference §2.2, §3.3, §3.4). Checked before the signature, so that an expired link says
// so.
import { ossError } from '../../errors/refuse.ts';
import {
  headerName,
  queryName,
  skewMsMax,
  tokenExpiresSecondsMax,
  v4ExpiresSecondsMax,
} from '../elements/names.ts';
import type { SignedHeaders } from '../elements/request-headers.ts';
import {
  digits,
  formatErrorTime,
  hasReadableDay,
  parseIsoBasic,
  parseTimestamp,
} from '../elements/timestamp.ts';
import type { Presented, PresentedV4 } from './presented.ts';

export function checkTime(presented: Presented, headers: SignedHeaders, nowMs: number): void {
  if (presented.mode === 'header') checkSkew(headers, nowMs);
  else if (presented.version === 'v4') checkWindowV4(presented, nowMs);
  else checkExpires(presented.expires ?? '', nowMs);
}

function checkSkew(headers: SignedHeaders, nowMs: number): void {
  const text = headers.get(headerName.ossDate) ?? headers.get(headerName.date);
  if (text === undefined || text === '') throw ossError('MissingDate');
  const requestMs = parseTimestamp(text);
  if (requestMs === undefined) throw unreadableDate(text);
  if (Math.abs(nowMs - requestMs) > skewMsMax) {
    throw ossError('RequestTimeTooSkewed', {
      MaxAllowedSkewMilliseconds: String(skewMsMax),
      RequestTime: formatErrorTime(requestMs),
      ServerTime: formatErrorTime(nowMs),
    });
  }
}

function checkWindowV4(presented: PresentedV4, nowMs: number): void {
  if (presented.urlDate === undefined || presented.urlDate === '') throw ossError('MissingDate');
  const startMs = parseIsoBasic(presented.urlDate);
  if (startMs === undefined) throw unreadableDate(presented.urlDate);
  const seconds = wholeSeconds(presented.expires ?? '');
  // Longer is no fault of the URL: with a token it just ends after 12 hours.
  const secondsMax =
    presented.securityToken === undefined ? v4ExpiresSecondsMax : tokenExpiresSecondsMax;
  if (seconds === undefined || seconds < 1 || seconds > v4ExpiresSecondsMax) {
    throw ossError('ExpiresOutOfRangeV4', {
      ArgumentName: queryName.expires,
      ArgumentValue: presented.expires ?? '',
    });
  }
  const endMs = startMs + Math.min(seconds, secondsMax) * 1000;
  if (nowMs > endMs) throw ossError('ExpiredUrlV4', times(endMs, nowMs));
  if (nowMs < startMs - skewMsMax) throw ossError('NotYetValid', times(endMs, nowMs));
}

function times(endMs: number, nowMs: number): Record<string, string> {
  return { Expires: formatErrorTime(endMs), ServerTime: formatErrorTime(nowMs) };
}

function unreadableDate(text: string): Error {
  // RFC 1123 in a URL reads well enough, but has no place there: that is the date's fault.
  const isTimeAtFault = hasReadableDay(text) && parseTimestamp(text) === undefined;
  return ossError(isTimeAtFault ? 'MalformedTime' : 'MalformedDate');
}

/** V1 and V2: the end as Unix seconds; no upper limit. */
function checkExpires(text: string, nowMs: number): void {
  const seconds = wholeSeconds(text);
  if (seconds === undefined) throw ossError('InvalidExpires');
  if (nowMs > seconds * 1000) {
    throw ossError('ExpiredUrlV1', times(seconds * 1000, nowMs));
  }
}

/** Plain decimal digits only: no sign, point, exponent or space. Below the year 9999. */
function wholeSeconds(text: string): number | undefined {
  if (text === '' || text.length > 12) return undefined;
  const seconds = digits(text, 0, text.length);
  return seconds <= 253_402_300_799 ? seconds : undefined;
}
