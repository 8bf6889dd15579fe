// Opens the engines a configuration asks for.
import type { EngineOptions, Engines } from './engines.ts';
import { openEmbedded } from './open-embedded.ts';
import { openMemory } from './open-memory.ts';

export async function openEngines(options: EngineOptions): Promise<Engines> {
  return options.data === undefined ? openMemory(options) : openEmbedded(options, options.data);
}
