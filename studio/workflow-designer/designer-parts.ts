import { lazy, useEffect, useState } from 'react';
import { loadShapes } from '../document/shapes.ts';

// The drawing is painted first; what stands beside it and opens over it comes right after.
const parts = {
  side: () => import('./side-panel.tsx'),
  dialogs: () => import('./open-dialogs.tsx'),
  sheet: () => import('./shortcut-sheet.tsx'),
  palette: () => import('./command-palette.tsx'),
  quickAdd: () => import('./quick-add.tsx'),
  find: () => import('./find-bar.tsx'),
  settings: () => import('./workflow-settings.tsx'),
  due: () => import('../calendar-editor/due-button.tsx'),
  condition: () => import('../rule-builder/condition-field.tsx'),
};

export const SidePanel = lazy(async () => ({ default: (await parts.side()).SidePanel }));
export const OpenDialogs = lazy(async () => ({ default: (await parts.dialogs()).OpenDialogs }));
export const ShortcutSheet = lazy(async () => ({ default: (await parts.sheet()).ShortcutSheet }));
export const CommandPalette = lazy(async () => ({ default: (await parts.palette()).CommandPalette }));

/** When the first drawing stands; what the designer may need must be here before the connection can be gone. */
const PARTS_AFTER_MS = 1000;

/** Loads everything the designer may need; answers once that was tried. */
export function useAllParts(): boolean {
  const [isComplete, setComplete] = useState(false);
  useEffect(() => {
    const loadAll = () => Promise.allSettled([loadShapes(), ...Object.values(parts).map((load) => load())]);
    const timer = setTimeout(() => void loadAll().then(() => setComplete(true)), PARTS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isComplete;
}
