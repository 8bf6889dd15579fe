// Reads the configuration file. YAML is loaded only when there is a file: most starts have none.
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from './errors.ts';

export async function readConfigurationFile(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigurationError(
      `The configuration file ${path} cannot be read: ${(error as Error).message}.`,
    );
  }
  const { parse } = await import('yaml');
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 100 }) ?? {};
  } catch (error) {
    throw new ConfigurationError(
      `The configuration file ${path} is no valid YAML: ${(error as Error).message}`,
    );
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ConfigurationError(`The configuration file ${path} must hold names and values.`);
  }
  return content as Record<string, unknown>;
}
