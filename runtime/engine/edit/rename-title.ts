import {
  type AnyDocument,
  type Configuration,
  type DocumentKind,
  documentKinds,
} from '../../../schemas/configuration.ts';
import { referencesOf } from '../check/rules/references.ts';
import type { EditCommand } from './command.ts';

/** A text of another document in which the title of a document was written out. */
export interface TitleCopy {
  readonly kind: DocumentKind;
  readonly key: string;
  readonly path: readonly string[];
  readonly text: string;
  /** The text is the title and no more, in a document that names this one or is named by it: a copy, not a coincidence. */
  readonly isWhole: boolean;
}

/** Words of a title below which a sentence that has them may mean anything. */
const FEWEST_WORDS = 2;
/** Fields that hold keys, addresses or other organisations' words, never a copied title. */
const ownWords = new Set(['key', 'kind', 'format', 'url', 'href', 'email', 'zone', 'answers', 'of']);

/**
 * Texts of other documents that repeat the title of a document: keys never change, so everything that names it by key shows
 * the new title by itself; these do not (R6).
 */
export function copiesOfTitle(configuration: Configuration, kind: DocumentKind, key: string): TitleCopy[] {
  const named: AnyDocument | undefined = configuration[kind][key];
  if (!named) return [];
  const { title } = named;
  const mention = title.trim().split(/\s+/).length >= FEWEST_WORDS ? mentionOf(title) : undefined;
  return documentKinds.flatMap((other) =>
    Object.values<AnyDocument>(configuration[other]).flatMap((document): TitleCopy[] => {
      if (document === named) return [];
      const related = names(document, named) || names(named, document);
      return textsIn(document, []).flatMap(({ path, text }): TitleCopy[] => {
        const isWhole = related && text === title;
        if (!isWhole && !mention?.test(text)) return [];
        // Another document may well be called the same.
        if (path.length === 1 && path[0] === 'title' && !isWhole) return [];
        return [{ kind: document.kind, key: document.key, path, text, isWhole }];
      });
    }),
  );
}

/** Gives a document another title, and the copies of the old one with it, as one step; by default those that are the title and no more. */
export function renameTitle(
  configuration: Configuration,
  { kind, key, title }: { kind: DocumentKind; key: string; title: string },
  copies: readonly TitleCopy[] = copiesOfTitle(configuration, kind, key).filter(({ isWhole }) => isWhole),
): EditCommand {
  const old = configuration[kind][key]?.title ?? '';
  const commands = copies.map(
    ({ kind: other, key: at, path, text }): EditCommand => ({
      type: 'setDocumentField',
      kind: other,
      key: at,
      path: [...path],
      value: text === old ? title : text.replace(mentionOf(old, 'g'), () => title),
    }),
  );
  const own: EditCommand = { type: 'setDocumentField', kind, key, path: ['title'], value: title };
  return { type: 'batch', label: `Rename ${key} to ${title}`, commands: [own, ...commands] };
}

function names(document: AnyDocument, other: AnyDocument): boolean {
  return referencesOf(document).some(({ kind, key }) => kind === other.kind && key === other.key);
}

/** The title as words of their own. */
function mentionOf(title: string, flags = ''): RegExp {
  const words = title.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, `u${flags}`);
}

function textsIn(value: unknown, path: readonly string[]): { path: readonly string[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  // Lists hold keys; their entries cannot be set alone.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => (ownWords.has(name) ? [] : textsIn(child, [...path, name])));
}
