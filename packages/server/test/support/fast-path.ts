// Which way the requests of tests take.

/** `OSSKEEP_TEST_PLAIN=off`: the same tests with every request through Node's HTTP server. */
export const fastPath: boolean = process.env['OSSKEEP_TEST_PLAIN'] !== 'off';
