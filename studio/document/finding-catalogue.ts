// Apart from the other doors to the engine: it brings every check with it, so it is loaded only where all are listed.

export { findingCatalogue } from '../../runtime/engine/index.ts';
