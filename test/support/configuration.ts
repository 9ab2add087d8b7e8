import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../../schemas/configuration.ts';
import { type LoadedConfiguration, loadConfiguration } from '../../schemas/load-configuration.ts';

export const housingFolder = fileURLToPath(new URL('../../configurations/housing-england', import.meta.url));

/** The shipped English housing configuration, read from its files. */
export function loadHousing(): LoadedConfiguration {
  const paths = readdirSync(housingFolder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.json'),
  );
  return loadConfiguration(
    paths.map((path) => ({
      path: relative(housingFolder, join(housingFolder, path)).split(sep).join('/'),
      text: readFileSync(join(housingFolder, path), 'utf8'),
    })),
  );
}

/** A deep copy of the housing configuration with a change made to it. */
export function alteredHousing(change: (configuration: Mutable<Configuration>) => void): Configuration {
  const copy = structuredClone(loadHousing().configuration) as Mutable<Configuration>;
  change(copy);
  return copy as Configuration;
}

export type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
