// Form uploads: which fields sign them, and verification in order (signing reference §5, §7.3).
import { describe, expect, test } from 'vitest';
import { OssError } from '../../../src/errors/index.ts';
import {
  type Credential,
  type FormFields,
  signPolicyV1,
  signPolicyV2,
  signPolicyV4,
  type Verifier,
  verifyPolicy,
} from '../../../src/signing/index.ts';
import { changeOne } from '../mutations.ts';
import { refusalOf } from '../outcome.ts';
import { credential, isoNow, nowMs, verifier, versions } from '../signed.ts';
import { hashes } from '../vectors.ts';

const policy = btoa('{"expiration":"2030-01-01T00:00:00.000Z","conditions":[]}');
const scope = { date: '20260102', region: 'cn-hangzhou', product: 'oss' };
const v4Credential = 'LTAItest/20260102/cn-hangzhou/oss/aliyun_v4_request';

const forms: Record<(typeof versions)[number], [string, string][]> = {
  v1: [
    ['ossaccesskeyid', 'LTAItest'],
    ['policy', policy],
    ['signature', signPolicyV1('secret', policy, hashes)],
  ],
  v2: [
    ['x-oss-signature-version', 'OSS2'],
    ['x-oss-access-key-id', 'LTAItest'],
    ['policy', policy],
    ['x-oss-signature', signPolicyV2('secret', policy, hashes)],
  ],
  v4: [
    ['x-oss-signature-version', 'OSS4-HMAC-SHA256'],
    ['x-oss-credential', v4Credential],
    ['x-oss-date', isoNow],
    ['policy', policy],
    ['x-oss-signature', signPolicyV4('secret', scope, policy, hashes)],
  ],
};

function form(
  version: keyof typeof forms,
  changes: Record<string, string | null> = {},
): FormFields {
  const fields = new Map(forms[version]);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) fields.delete(name);
    else fields.set(name, value);
  }
  return fields;
}

async function outcome(fields: FormFields, by: Verifier<Credential> = verifier()): Promise<string> {
  try {
    return (await verifyPolicy(fields, by)) === null ? 'anonymous' : 'accepted';
  } catch (error) {
    if (!(error instanceof OssError)) throw error;
    return `${error.status} ${error.code} ${error.ec ?? '-'}`;
  }
}

const invalid = (last: string): string => `400 InvalidArgument 0002-00000${last}`;
const wrong = '403 SignatureDoesNotMatch 0002-00000705';

test('a form without a signature is anonymous', async () => {
  expect(await outcome(new Map([['key', 'a']]))).toBe('anonymous');
});

describe.each(versions)('%s', (version) => {
  const signatureName = version === 'v1' ? 'signature' : 'x-oss-signature';

  test('is accepted', async () => {
    const verified = await verifyPolicy(form(version), verifier());
    expect(verified?.credential).toBe(credential);
    expect(verified?.presented).toMatchObject({ version, policy, accessKeyId: 'LTAItest' });
  });

  test('policy or signature changed', async () => {
    expect(await outcome(form(version, { policy: changeOne(policy, 3) }))).toBe(wrong);
    const signature = form(version).get(signatureName) ?? '';
    const changed = { [signatureName]: changeOne(signature, 0) };
    expect(await outcome(form(version, changed))).toBe(wrong);
    const error = await refusalOf(() => verifyPolicy(form(version, changed), verifier()));
    expect(error.details['StringToSign']).toBe(policy);
    expect(JSON.stringify(error.details)).not.toContain(signature);
  });

  test('unknown, disabled and temporary keys', async () => {
    const unknown = verifier({ find: () => undefined });
    expect(await outcome(form(version), unknown)).toBe('403 InvalidAccessKeyId 0002-00000902');
    const disabled = verifier({ credential: { ...credential, enabled: false } });
    expect(await outcome(form(version), disabled)).toBe('403 InvalidAccessKeyId 0002-00000903');
    const temporary = verifier({ credential: { ...credential, token: 't' } });
    expect(await outcome(form(version), temporary)).toBe('403 InvalidAccessKeyId 0002-00000003');
    const withToken = form(version, { 'x-oss-security-token': 't' });
    expect(await outcome(withToken, temporary)).toBe('accepted');
    expect(await outcome(withToken)).toBe('403 InvalidSecurityToken -');
  });

  test('fields missing or empty', async () => {
    expect(await outcome(form(version, { policy: null }))).toBe(invalid('702'));
    expect(await outcome(form(version, { [signatureName]: null }))).toBe(invalid('703'));
    expect(await outcome(form(version, { [signatureName]: '' }))).toBe(invalid('704'));
  });
});

test.each([
  ['unknown version', form('v4', { 'x-oss-signature-version': 'OSS5' }), invalid('701')],
  ['V1 without key id', form('v1', { ossaccesskeyid: null }), invalid('706')],
  ['V1 with an empty key id', form('v1', { ossaccesskeyid: '' }), '400 InvalidArgument -'],
  ['V1 bad key id', form('v1', { ossaccesskeyid: 'a b' }), '403 InvalidAccessKeyId 0002-00000901'],
  ['V2 without key id', form('v2', { 'x-oss-access-key-id': null }), invalid('706')],
  ['V4 without credential', form('v4', { 'x-oss-credential': null }), invalid('710')],
  ['V4 credential of one part', form('v4', { 'x-oss-credential': 'ak' }), invalid('710')],
  [
    'V4 credential date',
    form('v4', { 'x-oss-credential': v4Credential.replace('20260102', '2026') }),
    invalid('709'),
  ],
  ['V4 without date', form('v4', { 'x-oss-date': null }), invalid('709')],
  ['V4 with no real date', form('v4', { 'x-oss-date': '20260230T000000Z' }), invalid('709')],
  ['V4 with another day', form('v4', { 'x-oss-date': '20260101T030405Z' }), invalid('709')],
  [
    'V4 region',
    form('v4', { 'x-oss-credential': v4Credential.replace('hangzhou', 'beijing') }),
    invalid('226'),
  ],
  [
    'V4 product',
    form('v4', { 'x-oss-credential': v4Credential.replace('/oss/', '/oss-cloudbox/') }),
    invalid('227'),
  ],
])('%s', async (_, fields, refused) => {
  expect(await outcome(fields)).toBe(refused);
});

test.each([
  [-900_001, invalid('709')],
  [-900_000, 'accepted'],
  [604_800_000, 'accepted'],
  [604_800_001, invalid('709')],
])('a V4 form %i ms after its date', async (ms, expected) => {
  expect(await outcome(form('v4'), verifier({ nowMs: nowMs + ms }))).toBe(expected);
});
