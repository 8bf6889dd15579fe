// The package ships no types; ali-oss.test.ts says what it calls.
declare module 'ali-oss' {
  const AliOss: new (options: object) => unknown;
  export default AliOss;
}
