/** The row above every page in which notices stand; the shell gives it. */
export const NOTICES_ID = 'page-notices';
