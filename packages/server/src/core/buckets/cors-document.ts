// CORS rules between the protocol's form and the stored document.
import type { CorsConfiguration } from '@osskeep/protocol';
import type { StoredCors } from '../records/bucket-document.ts';

export function storedCors({ rules, responseVary }: CorsConfiguration): StoredCors {
  return {
    rules: rules.map((rule) => [
      rule.allowedOrigins,
      rule.allowedMethods,
      rule.allowedHeaders,
      rule.exposeHeaders,
      rule.maxAgeSeconds ?? null,
    ]),
    responseVary: responseVary ?? false,
  };
}

export function corsOf({ rules, responseVary }: StoredCors): CorsConfiguration {
  return {
    rules: rules.map(([allowedOrigins, allowedMethods, allowedHeaders, exposeHeaders, age]) => ({
      allowedOrigins,
      allowedMethods: allowedMethods as CorsConfiguration['rules'][number]['allowedMethods'],
      allowedHeaders,
      exposeHeaders,
      ...(age === null ? {} : { maxAgeSeconds: age }),
    })),
    responseVary,
  };
}
