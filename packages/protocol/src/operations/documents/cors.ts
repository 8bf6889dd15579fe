// The document of a bucket's rules for cross-origin requests. Only its form is read here; whether
// the rules make sense is `checkCorsRules`, and what they say of a request is `evaluateCors`.
import { type CorsConfiguration, type CorsRule, corsMethods } from '../../http/cors.ts';
import type { Field } from '../definition/operation.ts';
import { booleanText, integer, oneOf, text } from '../forms/forms.ts';
import { document, many, maybeEmpty, object, type Shape, value } from '../shapes/shape.ts';

/** Largest MaxAgeSeconds that OSS takes. */
export const corsMaxAgeSecondsMax = 999_999_999;

const rule: Shape<CorsRule> = object<CorsRule>({
  allowedOrigins: many('AllowedOrigin', value(text)),
  allowedMethods: many('AllowedMethod', value(oneOf(corsMethods, 'InvalidCorsMethod'))),
  allowedHeaders: many('AllowedHeader', value(text)),
  exposeHeaders: many('ExposeHeader', value(text)),
  maxAgeSeconds: maybeEmpty('MaxAgeSeconds', value(integer(0, corsMaxAgeSecondsMax))),
});

export const corsDocument: Field<CorsConfiguration> = document<CorsConfiguration>(
  'CORSConfiguration',
  object<CorsConfiguration>({
    rules: many('CORSRule', rule),
    responseVary: maybeEmpty('ResponseVary', value(booleanText())),
  }),
);
