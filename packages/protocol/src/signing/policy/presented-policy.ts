// What a form upload claims about its signer (signing reference §5.1, §5.2). Header and URL
// signatures of such a request are not looked at.
import { ossError } from '../../errors/refuse.ts';
import type { ErrorCase } from '../../errors/table.ts';
import { isKeyId } from '../elements/key-id.ts';
import { headerName, queryName, v2Algorithm, v4Algorithm } from '../elements/names.ts';
import type { Scope } from '../elements/scope.ts';
import { type CredentialCases, parseCredential } from '../v4/parse-credential.ts';

interface PolicyBase {
  readonly accessKeyId: string;
  readonly signature: string;
  /** The base64 text of the policy field exactly as sent: this is what is signed. */
  readonly policy: string;
  readonly securityToken: string | undefined;
}

export interface PresentedPolicyV1 extends PolicyBase {
  readonly version: 'v1' | 'v2';
}

export interface PresentedPolicyV4 extends PolicyBase {
  readonly version: 'v4';
  readonly scope: Scope;
  /** The x-oss-date field. */
  readonly date: string;
}

export type PresentedPolicy = PresentedPolicyV1 | PresentedPolicyV4;

/** Form fields by lower-case name, as the case does not count; the first of each. */
export type FormFields = ReadonlyMap<string, string>;

const credentialCases: CredentialCases = {
  shape: 'FormCredentialMalformed',
  keyId: 'FormCredentialMalformed',
  date: 'FormCredentialDateInvalid',
};

const v1KeyId = queryName.v1AccessKeyId.toLowerCase();
const v1Signature = queryName.v1Signature.toLowerCase();

/** Any of these makes the form a signed one. */
const signatureFields = [
  'policy',
  v1KeyId,
  v1Signature,
  queryName.version,
  queryName.signature,
  queryName.credential,
];

/** null = anonymous. Throws the 400s of a signature whose fields are not complete. */
export function presentedPolicy(fields: FormFields): PresentedPolicy | null {
  if (!signatureFields.some((name) => fields.has(name))) return null;
  const version = fields.get(queryName.version);
  if (version === undefined) return presentedV1(fields);
  if (version === v2Algorithm) return presentedV2(fields);
  if (version === v4Algorithm) return presentedV4(fields);
  throw ossError('FormSignatureVersionUnknown', {
    ArgumentName: queryName.version,
    ArgumentValue: version,
  });
}

function required(
  fields: FormFields,
  name: string,
  missing: ErrorCase,
  empty: ErrorCase = missing,
): string {
  const value = fields.get(name);
  if (value === undefined || value === '') {
    throw ossError(value === undefined ? missing : empty, {
      ArgumentName: name,
      ArgumentValue: '',
    });
  }
  return value;
}

function base(fields: FormFields, signatureField: string): Omit<PolicyBase, 'accessKeyId'> {
  return {
    policy: required(fields, 'policy', 'FormPolicyMissing'),
    signature: required(fields, signatureField, 'FormSignatureMissing', 'FormSignatureEmpty'),
    securityToken: fields.get(headerName.securityToken),
  };
}

function keyId(fields: FormFields, name: string): string {
  const id = required(fields, name, 'FormAccessKeyIdMissing', 'FormAccessKeyIdEmpty');
  if (!isKeyId(id)) throw ossError('AccessKeyIdMalformed');
  return id;
}

function presentedV1(fields: FormFields): PresentedPolicy {
  return { version: 'v1', accessKeyId: keyId(fields, v1KeyId), ...base(fields, v1Signature) };
}

function presentedV2(fields: FormFields): PresentedPolicy {
  const accessKeyId = keyId(fields, queryName.v2AccessKeyId);
  return { version: 'v2', accessKeyId, ...base(fields, queryName.signature) };
}

function presentedV4(fields: FormFields): PresentedPolicy {
  const credential = required(fields, queryName.credential, 'FormCredentialMalformed');
  const parts = parseCredential(credential, credentialCases, (errorCase) =>
    ossError(errorCase, { ArgumentName: queryName.credential, ArgumentValue: credential }),
  );
  return {
    version: 'v4',
    accessKeyId: parts.accessKeyId,
    scope: parts.scope,
    date: required(fields, queryName.date, 'FormCredentialDateInvalid'),
    ...base(fields, queryName.signature),
  };
}
