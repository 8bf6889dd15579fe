// Checksums and hashes, and how their bytes are written.
export { equalConstantTime, fromBase64, toBase64, toHex } from './bytes-text.ts';
export { combineCrc64 } from './combine-crc64.ts';
export { decodeContentMd5 } from './content-md5.ts';
export { Crc64, type Crc64Step, crc64 } from './crc64.ts';
export { updateCrc64Javascript } from './crc64-javascript.ts';
export { makeCrc64WebAssembly } from './crc64-webassembly.ts';
export { defaultHashes } from './default-hashes.ts';
export type { Hashes, StreamingHash } from './hashes.ts';
export { nobleHashes } from './noble-hashes.ts';
export { nodeHashes } from './node-hashes.ts';
