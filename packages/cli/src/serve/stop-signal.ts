// Waits for the signal that ends a server: the first one lets the caller stop in order, a second
// one ends the process at once.

/** npm passes a Ctrl-C on to a program the terminal has already told: one press, two signals. */
const echoMilliseconds = 500;

/** Resolves with the first SIGINT or SIGTERM. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      const now = performance.now();
      if (firstAt === undefined) {
        firstAt = now;
        resolve(signal);
      } else if (now - firstAt > echoMilliseconds) {
        process.exit(0);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
