// Every refusal there is, one row a case. Core, gateway and signing name the case, nobody spells a
// code or a status elsewhere, so documentation and tests can be checked against this one place.
// Several cases share a code and differ in message or EC. Rules: errors reference §2-§7, signing
// reference §6-§8. Texts that no source gives are our own and say what to change.
import { authenticationCases } from './cases/authentication.ts';
import { authorizationCases } from './cases/authorization.ts';
import { bucketConfigurationCases } from './cases/bucket-configuration.ts';
import { credentialCases } from './cases/credentials.ts';
import { encryptionCases } from './cases/encryption.ts';
import { formCases } from './cases/form.ts';
import { namingCases } from './cases/naming.ts';
import { objectStateCases } from './cases/object-state.ts';
import { requestCases } from './cases/requests.ts';
import { serviceCases } from './cases/service.ts';
import type { ErrorRow } from './error-row.ts';

type Families = typeof authenticationCases &
  typeof authorizationCases &
  typeof bucketConfigurationCases &
  typeof credentialCases &
  typeof encryptionCases &
  typeof formCases &
  typeof namingCases &
  typeof objectStateCases &
  typeof requestCases &
  typeof serviceCases;

export type ErrorCase = keyof Families;

export const errorTable: Families & Readonly<Record<ErrorCase, ErrorRow>> = {
  ...namingCases,
  ...credentialCases,
  ...authenticationCases,
  ...authorizationCases,
  ...requestCases,
  ...encryptionCases,
  ...objectStateCases,
  ...bucketConfigurationCases,
  ...formCases,
  ...serviceCases,
};
