export { type Conditions, checkConditions, type Validators } from './conditions.ts';
export { decodeContentMd5 } from './content-md5.ts';
export { formatImfDate, formatIsoDate, parseImfDate, parseIsoDate } from './dates.ts';
export { decodePath, decodeQueryText } from './decode-percent.ts';
export { headerText, isHeaderText, wireText } from './header-text.ts';
export { encodeComponent, encodePath } from './percent.ts';
export { type RangeResult, resolveRange } from './range.ts';
export {
  parseQuery,
  parseRequestTarget,
  queryParametersMax,
  type RequestTarget,
} from './request-target.ts';
