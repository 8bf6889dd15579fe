// How Alibaba Cloud OSS looks on the wire: pure and isomorphic, no I/O.
export * from './checksum/index.ts';
export * from './errors/index.ts';
export * from './http/index.ts';
export * from './names/index.ts';
export * from './operations/index.ts';
export * from './signing/index.ts';
export * from './xml/index.ts';
