// The programs of OSS's documentation page, kept verbatim in page/, with nothing but the URL and the path to
// save to replaced.
import { readFileSync } from 'node:fs';
import { seed } from './toolchain.ts';

/** The URL in every program of the page. */
const printedUrl =
  'https://examplebucket.oss-cn-hangzhou.aliyuncs.com/exampleobject.txt?x-oss-date=20241112T092756Z' +
  '&x-oss-expires=3599&x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=LTAI5************/' +
  '20241112/cn-hangzhou/oss/aliyun_v4_request&x-oss-signature=ed5a939feb8d79a389572719f7e293993993' +
  '6d0**********';
const printedVersionId = 'CAEQEhiBgIDmgPf8mxgiIDA1YjZlNDIxY2ZmMzQ1MmU5MTM1Y2M4Yzk4NjIx****';
const printedPath = 'C:/downloads/myfile.txt';

/** What stands before each program on the page. */
export const programs = {
  php: 'Use signUrl() to generate a signed URL for a GET request. Set the expiration time in seconds.',
  'php-version':
    'For versioned buckets, include the versionId to generate a signed URL that points to a specific ' +
    'version of an object.',
  'php-domain':
    'If your bucket is bound to a custom domain name (CNAME), set the endpoint to the custom domain and ' +
    'enable the cname option.',
  curl: 'curl',
  java: 'Java',
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  browser: 'JavaScript (browser)',
  android: 'Android (Java)',
  'objective-c': 'Objective-C',
} as const;

export type ProgramName = keyof typeof programs;

export function program(name: ProgramName): string {
  return readFileSync(`${seed}/page/${name}.txt`, 'utf8');
}

/** The program with its URL replaced, and its path where it has one. */
export function programFor(name: ProgramName, url: string, path?: string): string {
  const text = replaceOnly(program(name), printedUrl, url);
  return path === undefined ? text : replaceOnly(text, printedPath, path);
}

/** The signing program for one version, with the id replaced. */
export function phpProgramFor(versionId: string): string {
  return replaceOnly(program('php-version'), printedVersionId, versionId);
}

function replaceOnly(text: string, printed: string, wanted: string): string {
  const pieces = text.split(printed);
  if (pieces.length !== 2) throw new Error(`not once in the program: ${printed}`);
  // What would end or change the literal, in any of the languages.
  if (/["'\\$`\n]/.test(wanted)) throw new Error(`cannot stand in a literal: ${wanted}`);
  return pieces.join(wanted);
}
