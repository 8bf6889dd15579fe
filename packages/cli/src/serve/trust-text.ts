// How programs come to trust the server's own certificate authority, told to whoever starts it.
import { resolve } from 'node:path';

/** For a shell, as one word. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

export function trustText(caFile: string, httpsEndpoint: string): string {
  const file = quoted(resolve(caFile));
  // "Every address" is none a URL can name.
  const endpoint = httpsEndpoint.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//127.0.0.1');
  return `https uses a certificate authority of this server's own. Programs that are to trust it:
  curl                  curl --cacert ${file} ${endpoint}/
  Node.js               export NODE_EXTRA_CA_CERTS=${file}
  Go, Python, Ruby      export SSL_CERT_FILE=${file}
  Python's requests     export REQUESTS_CA_BUNDLE=${file}
  everything (Debian)   sudo cp ${file} /usr/local/share/ca-certificates/osskeep.crt
                        sudo update-ca-certificates
`;
}
