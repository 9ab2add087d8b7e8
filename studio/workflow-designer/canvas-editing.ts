import type { KeyboardEvent } from 'react';
import type { Position } from '../document/engine.ts';
import type { Lane } from './arrange.ts';
import type { CommandId } from './keys.ts';

/** Where a new node was asked for: after a node or inside a link, with the place on the page and on the drawing. */
export type QuickAddPlace = ({ from: string } | { link: string }) & { x: number; y: number; at?: Position };

/** What is done to a drawing on its canvas. */
export interface CanvasEditing {
  renaming: string | undefined;
  onRename: (node: string, title: string | undefined) => void;
  onMove: (positions: Record<string, Position>) => void;
  /** Cards were dropped on a lane; then who owns them changes, not where they lie. */
  onLane?: (nodes: readonly string[], lane: Lane) => void;
  onConnect: (from: string, to: string) => void;
  onKey: (event: KeyboardEvent, node: string | undefined) => void;
  /** Several cards were chosen, or one more or less. */
  onChoose?: (nodes: readonly string[]) => void;
  onCommand?: (command: CommandId, node: string) => void;
  onQuickAdd?: (place: QuickAddPlace) => void;
}
