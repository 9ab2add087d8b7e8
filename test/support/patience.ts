/** How long a test waits for what is to come: so long that only what never comes ends the wait, on a slow and busy machine too. */
export const PATIENCE_MS = 60_000;
