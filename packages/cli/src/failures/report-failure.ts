// Turns every failure into a few lines for a person: what failed, OSS's code, EC and request id,
// and what to do. A stack is shown only for a defect of ours, and only when it is asked for.
import { CommanderError } from 'commander';
import { ActionError, CommandError, exitCodes, PartialError, UsageError } from './failures.ts';

/** What an `OssError` carries, read by shape: the error classes are not worth loading for it. */
interface Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly ec?: string | undefined;
  readonly requestId?: string | undefined;
  /** Further elements of the error document; osskeep says in `Hint` what it can prove. */
  readonly details?: Readonly<Record<string, string>> | undefined;
}

const hints: Readonly<Record<string, string>> = {
  AccessDenied: 'The access key is known but has no right to do this; use another key.',
  BucketAlreadyExists: 'The name is taken; choose another bucket name.',
  BucketAlreadyOwnedByYou: 'The bucket exists already and is yours; nothing has to be done.',
  BucketNotEmpty:
    'osskeep rb oss://BUCKET --force removes what it holds; old versions need --all-versions too.',
  FileAlreadyExists: 'Give -f to overwrite the object.',
  InvalidAccessKeyId: 'The server does not know this key; check OSS_ACCESS_KEY_ID or -i.',
  InvalidBucketName: 'Use 3 to 63 of a-z, 0-9 and "-", with a letter or digit at both ends.',
  InvalidSecurityToken: 'Get a new temporary credential; check OSS_SESSION_TOKEN or -t.',
  NoSuchBucket: 'Check the name, or create the bucket: osskeep mb oss://BUCKET',
  NoSuchKey: 'Check the name: keys are case-sensitive and taken literally.',
  NeedVerifyDomainOwnership:
    'osskeep bucket-cname --method put --item token oss://BUCKET DOMAIN tells what to put into DNS.',
  NoSuchVersion: 'Check the version id; without --version-id the current version is meant.',
  RequestTimeTooSkewed: 'Set the clock of this machine: it may be 15 minutes off at most.',
  SecondLevelDomainForbidden: 'Give --addressing-style virtual.',
  SecurityTokenExpired: 'Get a new temporary credential; check OSS_SESSION_TOKEN or -t.',
  SignatureDoesNotMatch:
    'The secret does not belong to this key; check OSS_ACCESS_KEY_SECRET or -k.',
};

const localHints: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions of the file and its folder.',
  ENOENT: 'Check the path.',
  ENOSPC: 'The disk is full; make room and try again.',
};

/**
 * Text from a server or a key, made safe to print: no control characters that could steer the
 * terminal, no right-to-left overrides, and no signature or token that still works (security
 * checklist 39).
 */
function printable(text: string): string {
  return text
    .replace(/[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/((?:signature|security-token)=)[^&\s"']+/gi, '$1(hidden)')
    .slice(0, 2000);
}

function sentence(text: string): string {
  const line = printable(text).trim();
  return /[.!?)]$/.test(line) ? line : `${line}.`;
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && error.name === 'OssError';
}

/** What the action failed of. */
export function causeOf(error: unknown): unknown {
  return error instanceof ActionError ? error.cause : error;
}

function refusalLines(error: Refusal): string[] {
  const facts = [`Code: ${printable(error.code)} (HTTP ${error.status})`];
  if (error.ec !== undefined) facts.push(`EC: ${printable(error.ec)}`);
  if (error.requestId !== undefined) facts.push(`RequestId: ${printable(error.requestId)}`);
  const detail = error.details?.['ErrorDetail'];
  // What the server can prove is worth more than what usually helps.
  const proven = error.details?.['Hint'];
  const usual = Object.hasOwn(hints, error.code) ? hints[error.code] : undefined;
  const hint = proven === undefined ? usual : printable(proven);
  return [
    `  ${facts.join('  ')}`,
    ...(detail === undefined ? [] : [`  Detail: ${sentence(detail)}`]),
    ...(hint === undefined ? [] : [`  Hint: ${hint}`]),
  ];
}

function systemCode(error: Error): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : undefined;
}

/** The innermost reason of a failed connection: fetch hides it behind "fetch failed". */
function rootReason(error: Error): string {
  let reason = error;
  for (let depth = 0; depth < 5 && reason.cause instanceof Error; depth += 1) reason = reason.cause;
  if (reason instanceof AggregateError && reason.errors[0] instanceof Error) {
    reason = reason.errors[0];
  }
  return reason.message === '' ? (systemCode(reason) ?? reason.name) : reason.message;
}

function causeLines(error: unknown): { reason: string; more: string[] } {
  if (!(error instanceof Error)) return { reason: String(error), more: [] };
  if (isRefusal(error)) return { reason: error.message, more: refusalLines(error) };
  if (error.name === 'TransportError') {
    const reason = rootReason(error);
    return {
      reason: error.message.includes(reason) ? error.message : `${error.message} (${reason})`,
      more: ['  Hint: Is a server there? Start one with `osskeep serve`, or name it: -e ENDPOINT'],
    };
  }
  if (error.name === 'IntegrityError') {
    return { reason: error.message, more: ['  Hint: Nothing was kept; try again.'] };
  }
  const code = systemCode(error);
  const hint = code !== undefined && Object.hasOwn(localHints, code) ? localHints[code] : undefined;
  return { reason: error.message, more: hint === undefined ? [] : [`  Hint: ${hint}`] };
}

function failureLines(error: unknown): string[] {
  if (error instanceof UsageError) {
    return [sentence(error.message), '  Hint: `osskeep COMMAND --help` shows how to write it.'];
  }
  if (error instanceof CommandError) {
    const hint = error.hint === undefined ? [] : [`  Hint: ${printable(error.hint)}`];
    return [sentence(error.message), ...hint];
  }
  if (error instanceof ActionError) {
    const { reason, more } = causeLines(error.cause);
    return [`${printable(error.message)}: ${sentence(reason)}`, ...more];
  }
  const { reason, more } = causeLines(error);
  return [sentence(reason), ...more];
}

/** A failure as it is printed. */
export function describeFailure(error: unknown): string {
  const [first = '', ...more] = failureLines(error);
  return `${[`osskeep: ${first}`, ...more].join('\n')}\n`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof PartialError) return exitCodes.partial;
  return isRefusal(causeOf(error)) ? exitCodes.refused : exitCodes.failure;
}

/** Prints a failure and gives the exit code. */
export function reportFailure(error: unknown, write: (text: string) => void): number {
  // Commander has already printed its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  write(describeFailure(error));
  if (process.env['OSSKEEP_DEBUG'] === '1' && error instanceof Error) {
    write(`${printable(error.stack ?? '').replaceAll(' at ', '\n    at ')}\n`);
  }
  return exitCodeOf(error);
}
