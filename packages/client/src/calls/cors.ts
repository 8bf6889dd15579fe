// A bucket's rules for requests from pages of other origins.
import {
  type CorsConfiguration,
  type CorsRule,
  deleteBucketCors,
  getBucketCors,
  putBucketCors,
} from '@osskeep/protocol';
import { Caller } from '../calling/caller.ts';
import type { Nothing } from '../calling/nothing.ts';
import type { CallOptions } from '../requests/call-options.ts';

/** A rule whose headers may be left out: none are allowed, none exposed. */
export type CorsRuleOptions = Omit<CorsRule, 'allowedHeaders' | 'exposeHeaders'> &
  Partial<CorsRule>;

export interface PutBucketCorsOptions extends Omit<CorsConfiguration, 'rules'> {
  rules: readonly CorsRuleOptions[];
}

export class CorsCalls extends Caller {
  /** Replaces all rules. At most 20; one `*` at most in each origin and header. */
  putBucketCors(input: PutBucketCorsOptions, options?: CallOptions): Promise<Nothing> {
    const rules = input.rules.map((rule) => ({ allowedHeaders: [], exposeHeaders: [], ...rule }));
    return this.call(putBucketCors, {}, { ...input, rules }, options);
  }

  getBucketCors(options?: CallOptions): Promise<CorsConfiguration> {
    return this.call(getBucketCors, {}, {}, options);
  }

  deleteBucketCors(options?: CallOptions): Promise<Nothing> {
    return this.call(deleteBucketCors, {}, {}, options);
  }
}
