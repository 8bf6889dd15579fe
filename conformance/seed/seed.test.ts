// The page of OSS's documentation that osskeep began with, "Download an object by using a signed URL": its
// signers and its receivers, and the official host name. README.md says how to run all of it.
import { afterAll } from 'vitest';
import { describeOfficialHost } from './official-host.suite.ts';
import { describeReceivers } from './receivers.suite.ts';
import { describeSigners } from './signers.suite.ts';
import { Report } from './support/report.ts';
import { isComplete, root } from './support/toolchain.ts';

const report = new Report();
describeSigners(report);
describeReceivers(report);
describeOfficialHost(report);

afterAll(() => {
  const form = isComplete ? 'complete' : 'short form; npm run test:seed is the complete one';
  report.publish(`Signed downloads (${form})`, `${root}.cache/seed-report.md`);
});
