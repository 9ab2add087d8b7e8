// The only entrance to the engine: explicit named exports, one section a part.

// Import
export { AdviceCases, importContentPack } from './import/content-pack/import.ts';
export { ContentPack } from './import/content-pack/pack.ts';
