/** Keys every signer stores, reads and signs: what URLs and signatures get wrong. */
export const hardNames = [
  'exampleobject.txt',
  'dir/with space.txt',
  'plus+sign.txt',
  'percent%20.txt',
  '100%',
  '中文/文件.txt',
  'emoji-😀.txt',
  "sub-delims!*'();:@&=$,.txt",
] as const;
