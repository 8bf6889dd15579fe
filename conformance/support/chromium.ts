// The browser of the suites: Debian's, or the one OSSKEEP_CHROMIUM names.
export const chromiumPath: string = process.env['OSSKEEP_CHROMIUM'] ?? '/usr/bin/chromium';

/** It asks nothing of the network that no page asked for. */
export const quietFlags: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
