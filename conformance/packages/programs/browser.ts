// What a web page does with the client; bundled, and run without anything of Node.
import { OssClient } from '@osskeep/client';

export async function signAndFetch(endpoint: string, id: string, secret: string): Promise<string> {
  const client = new OssClient({
    endpoint,
    region: 'cn-hangzhou',
    bucket: 'examplebucket',
    credentials: { accessKeyId: id, accessKeySecret: secret },
  });
  await client.putObject('from-a-page.txt', 'written by a page');
  const { url } = await client.presign('GET', 'from-a-page.txt', { expires: 60 });
  return (await fetch(url)).text();
}
