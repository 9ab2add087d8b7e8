export const isMac = /Mac/.test(navigator.platform);

/** The keys after which Tab leaves a text instead of indenting it. */
export const tabKeys = isMac ? 'Ctrl+Shift+M' : 'Ctrl+M';
