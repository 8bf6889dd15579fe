// `@osskeep/client/node`: what only Node has.
export { getObjectToFile } from './get-object-to-file.ts';
export { mediaType } from './media-type.ts';
export { nodeFetch } from './node-fetch.ts';
export { putObjectFromFile } from './put-object-from-file.ts';
