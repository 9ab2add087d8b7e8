import type { CompiledWorkflow, ReleaseBundle } from './compiled-workflow.ts';

/** Compiles one workflow of a release to machines and what runs them, as plain JSON (R3). Throws RangeError for an unknown key. */
export function compileWorkflow(_release: ReleaseBundle, key: string): CompiledWorkflow {
  throw new RangeError(`there is no workflow "${key}"`);
}
