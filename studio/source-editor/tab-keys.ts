/** The keys after which Tab leaves a text instead of indenting it (Monaco's own). */
export const tabKeys = /Mac/.test(navigator.platform) ? 'Ctrl+Shift+M' : 'Ctrl+M';
