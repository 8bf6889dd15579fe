// Puts on a server what the tests read; prints the ids of the versions as JSON.
import { text } from 'node:stream/consumers';
import { OssClient } from '@osskeep/client';
import { keys, prepare, region } from '../support/stage.ts';

const endpoint = (await text(process.stdin)).trim();
const client = new OssClient({ endpoint, region, credentials: keys.given });
process.stdout.write(JSON.stringify(await prepare(client)));
