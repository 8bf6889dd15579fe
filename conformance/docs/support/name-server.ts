// The name server of the machine that machine.sh makes, on port 53: answers with the TXT records of a file,
// `NAME TEXT` on each line, that may grow while it runs.
import { readFileSync } from 'node:fs';
import { NameServer } from '../../../packages/server/test/support/name-server.ts';

const [, , records = ''] = process.argv;
const server = new NameServer();
await server.start(53);
setInterval(() => {
  for (const line of readFileSync(records, 'utf8').split('\n')) {
    const [name, text] = line.split(' ');
    if (name !== undefined && text !== undefined) server.texts.set(name, text);
  }
}, 20);
