// HTTP as OSS uses it: targets, header text, dates, ranges, conditions.
export {
  type Conditions,
  type ConditionTarget,
  evaluateConditions,
  readConditions,
  readCopySourceConditions,
} from './conditions.ts';
export {
  type CorsConfiguration,
  type CorsMatch,
  type CorsMethod,
  type CorsRequest,
  type CorsRule,
  checkCorsRules,
  corsMethods,
  corsRulesMax,
  evaluateCors,
} from './cors.ts';
export {
  formatBasicDate,
  formatBasicDay,
  formatImfDate,
  formatIsoDate,
  parseBasicDate,
  parseBasicDay,
  parseImfDate,
  parseIsoDate,
} from './dates.ts';
export { decodePath, decodeQueryPart } from './decode-percent.ts';
export { headerText, isHeaderText, wireText } from './header-text.ts';
export type { HeaderPairs, QueryPairs } from './pairs.ts';
export { encodeComponent, encodePath } from './percent.ts';
export { contentRange, type RangeOutcome, resolveRange } from './range.ts';
export { rememberLast } from './remember-last.ts';
export {
  formatQuery,
  formatRequestTarget,
  parseQuery,
  parseRequestTarget,
  queryParametersMax,
  type RequestTarget,
} from './request-target.ts';
