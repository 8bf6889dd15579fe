// What authorization answers, and who may answer.
import type { OssError } from '@osskeep/protocol';
import type { Eventually } from '../ports/eventually.ts';
import type { AccessRequest, Action } from './access-request.ts';

export type Answer =
  | { readonly effect: 'allow' }
  /** The refusal is what the client gets. */
  | { readonly effect: 'deny'; readonly refusal: OssError };

/** One body of rules: ACLs; policies later. */
export interface Answerer {
  readonly name: string;
  /** undefined: these rules say nothing about it, and the next are asked. At once where they need no look. */
  answer(request: AccessRequest): Eventually<Answer | undefined>;
}

export type Decision = Answer & {
  readonly action: Action;
  /** The name of the answerer; undefined when none had an opinion, which denies. */
  readonly by: string | undefined;
};
