import type { AnyDocument, Configuration, DocumentKind } from '../../schemas/configuration.ts';
import { emptyConfiguration } from '../../schemas/empty-configuration.ts';
import type { LayoutDocument } from '../../schemas/settings.ts';
import type { DraftAnswer } from '../api/types.ts';
import {
  applyCommand,
  type DraftContent,
  type EditCommand,
  type EditHistory,
  type EditResult,
  emptyHistory,
  type ReadShape,
  recordEdit,
  redoEdit,
  touchedDocuments,
  undoEdit,
} from './engine.ts';
import { readShape } from './shapes.ts';

/** What every view of the draft shows. */
export interface DraftView {
  content: DraftContent;
  history: EditHistory;
}

/** Hears of the names (`kind/key`, `layout/key`) that a change touched, and whether it was a step of its own. */
type TouchListener = (names: readonly string[], content: DraftContent, isStep: boolean) => void;

/** Steps of one gesture come closer together than this. */
const GESTURE_MS = 900;

/** The open draft: one content, one history, every change a command. */
export class DraftStore {
  #view: DraftView;
  #readShape: ReadShape;
  #listeners = new Set<() => void>();
  #changedAt = 0;
  #onTouched: TouchListener = () => {};

  constructor(content: DraftContent, read: ReadShape = readShape) {
    this.#view = { content, history: emptyHistory };
    this.#readShape = read;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getView = (): DraftView => this.#view;

  onTouched(listener: TouchListener): void {
    this.#onTouched = listener;
  }

  /** Runs a command; a refused one changes nothing. */
  run(command: EditCommand): EditResult {
    const result = applyCommand(this.#view.content, command, this.#readShape);
    if (!result.ok || result.edit.patches.length === 0) return result;
    const now = performance.now();
    const history = recordEdit(this.#view.history, result.edit, now - this.#changedAt < GESTURE_MS);
    this.#changedAt = now;
    this.#show({ content: result.content, history }, touchedDocuments(result.edit.patches));
    return result;
  }

  /** The next change is a step of its own, however soon it comes: what is done by a key or a button is no typing. */
  endGesture(): void {
    this.#changedAt = Number.NEGATIVE_INFINITY;
  }

  /** Takes the last step back; answers its label. */
  undo(): string | undefined {
    return this.#step(undoEdit(this.#view.content, this.#view.history));
  }

  redo(): string | undefined {
    return this.#step(redoEdit(this.#view.content, this.#view.history));
  }

  /** A layout that came from the server: no change of the draft, so no history. */
  takeLayout(layout: LayoutDocument): void {
    const { content, history } = this.#view;
    this.#show({ history, content: { ...content, layouts: { ...content.layouts, [layout.key]: layout } } }, []);
  }

  /**
   * A document (null where it is gone) as another tab of this person saved it: no change made here, so no step. Steps of this
   * tab that touched it are forgotten: taken back they would take the other tab's work with them.
   */
  takeSaved(kind: DocumentKind, key: string, document: AnyDocument | null): void {
    const { content, history } = this.#view;
    const { [key]: _before, ...others } = content.configuration[kind] as Record<string, AnyDocument>;
    const documents = document === null ? others : { ...others, [key]: document };
    const configuration = { ...content.configuration, [kind]: documents } as Configuration;
    const stays = ({ patches }: EditHistory['past'][number]) => !touchedDocuments(patches).includes(`${kind}/${key}`);
    this.endGesture();
    this.#show(
      {
        content: { ...content, configuration },
        history: { past: history.past.filter(stays), future: history.future.filter(stays) },
      },
      [],
    );
  }

  #step(stepped: ReturnType<typeof undoEdit>): string | undefined {
    if (!stepped) return undefined;
    this.#changedAt = 0;
    this.#show({ content: stepped.content, history: stepped.history }, touchedDocuments(stepped.patches));
    return stepped.edit.label;
  }

  #show(view: DraftView, touched: readonly string[]): void {
    const isStep = view.history.past.length !== this.#view.history.past.length;
    this.#view = view;
    if (touched.length > 0) this.#onTouched(touched, view.content, isStep);
    for (const listener of this.#listeners) listener();
  }
}

/** The draft as the server keeps it, with the revision of each document by `kind/key`. */
export function toDraft(answer: DraftAnswer): { content: DraftContent; revisions: Record<string, number> } {
  const configuration = emptyConfiguration();
  const revisions: Record<string, number> = {};
  for (const [kind, documents] of Object.entries(answer.documents)) {
    for (const [key, { document, revision }] of Object.entries(documents)) {
      configuration[kind as keyof Configuration][key] = document;
      revisions[`${kind}/${key}`] = revision;
    }
  }
  return { content: { configuration: configuration as Configuration, layouts: {} }, revisions };
}
