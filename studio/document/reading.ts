import { readClipboard } from '../../runtime/engine/index.ts';
import { parseDocument } from '../../schemas/load-configuration.ts';

/** What reads text and documents by the schemas; loaded by shapes.ts. */
export const reading = { parseDocument, readClipboard };
