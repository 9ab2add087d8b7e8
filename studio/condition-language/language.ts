import type { Vocabulary } from '../document/engine.ts';
import { describeAt, inspectText, layOutCondition, parseCondition, suggestAt } from '../document/engine.ts';
import { monaco } from '../source-editor/monaco.ts';

/** Name of the language in Monaco. */
export const CONDITION_LANGUAGE = 'lintel-condition';

type Model = monaco.editor.ITextModel;

/** What each open text may speak about. */
const vocabularies = new WeakMap<Model, Vocabulary>();
const empty: Vocabulary = { questions: new Map(), named: {} };

/** Lets completion, hover and markers of a text speak about these questions and names. */
export function setVocabulary(model: Model, vocabulary: Vocabulary): void {
  vocabularies.set(model, vocabulary);
  markProblems(model);
}

/** Underlines what is wrong in a text. */
export function markProblems(model: Model): void {
  const problems = inspectText(model.getValue(), vocabularies.get(model) ?? empty);
  const markers = problems.map(({ from, to, message, severity }) => ({
    ...toRange(model, from, to),
    message,
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  }));
  monaco.editor.setModelMarkers(model, CONDITION_LANGUAGE, markers);
}

monaco.languages.register({ id: CONDITION_LANGUAGE });
monaco.languages.setLanguageConfiguration(CONDITION_LANGUAGE, {
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: '"', close: '"', notIn: ['string'] },
    { open: '`', close: '`', notIn: ['string'] },
  ],
});
monaco.languages.setMonarchTokensProvider(CONDITION_LANGUAGE, {
  keywords: ['and', 'or', 'not', 'all', 'any', 'named'],
  comparisons: 'is in includes before after on within days asAt answered unanswered count case outcome task'.split(' '),
  tokenizer: {
    root: [
      [/\d{4}-\d{2}-\d{2}(?![\w-])/, 'number.date'],
      [/-?\d+(?:\.\d+)?(?![A-Za-z_])/, 'number'],
      [/[A-Za-z_][\w-]*/, { cases: { '@keywords': 'keyword', '@comparisons': 'type', '@default': 'identifier' } }],
      [/`[^`\n]*`/, 'identifier'],
      [/"(?:[^"\\]|\\.)*"/, 'string'],
      [/[()[\]]/, '@brackets'],
      [/\.\.|<=|>=|!=|[<>=,]/, 'operator'],
    ],
  },
});
monaco.languages.registerCompletionItemProvider(CONDITION_LANGUAGE, {
  triggerCharacters: [' ', '(', ','],
  provideCompletionItems(model, position) {
    const vocabulary = vocabularies.get(model) ?? empty;
    const { from, to, items } = suggestAt(model.getValue(), model.getOffsetAt(position), vocabulary);
    return {
      suggestions: items.map((item, place) => ({
        label: item.text,
        insertText: item.text,
        kind: kinds[item.kind],
        range: toRange(model, from, to),
        // In the order of the form, not of the alphabet.
        sortText: String(place).padStart(5, '0'),
        ...(item.detail === undefined ? {} : { detail: item.detail, filterText: `${item.text} ${item.detail}` }),
      })),
    };
  },
});
monaco.languages.registerHoverProvider(CONDITION_LANGUAGE, {
  provideHover(model, position) {
    const said = describeAt(model.getValue(), model.getOffsetAt(position), vocabularies.get(model) ?? empty);
    if (!said) return null;
    // Labels are people's words: as plain text, never as Markdown.
    const contents = said.lines.map((line) => ({ value: line.replace(/[\\`*_{}[\]()#+.!|<>~-]/g, '\\$&') }));
    return { contents, range: toRange(model, said.from, said.to) };
  },
});
monaco.languages.registerDocumentFormattingEditProvider(CONDITION_LANGUAGE, {
  provideDocumentFormattingEdits(model) {
    const parsed = parseCondition(model.getValue());
    return 'problem' in parsed ? [] : [{ range: model.getFullModelRange(), text: layOutCondition(parsed.condition) }];
  },
});

const { CompletionItemKind } = monaco.languages;
const kinds = {
  question: CompletionItemKind.Field,
  option: CompletionItemKind.EnumMember,
  word: CompletionItemKind.Keyword,
  comparison: CompletionItemKind.Operator,
  name: CompletionItemKind.Reference,
  date: CompletionItemKind.Constant,
};

function toRange(model: Model, from: number, to: number): monaco.IRange {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
