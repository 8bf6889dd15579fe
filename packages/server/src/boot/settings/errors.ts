// What can be wrong before a server runs. Each message is a sentence for the person who started it.

/** A setting that cannot be used as it is. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
