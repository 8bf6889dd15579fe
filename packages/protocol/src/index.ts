export * from './errors/oss-error.ts';
