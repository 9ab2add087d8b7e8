import type { InformationPack } from '../../engine/index.ts';
import { type Block, directionOf, heading, type Inline, link, paragraph, plain, run, textOf } from './page-text.ts';
import { stepHeadings, toBlocks } from './text-blocks.ts';

/** A pack as its pages show it. */
export interface PackContent {
  readonly language: string;
  readonly title: string;
  readonly organisation: string;
  readonly asAt: string;
  /** Date in the file, in place of the time of making: the same pack gives the same bytes. */
  readonly madeOn: { readonly year: number; readonly month: number; readonly day: number };
  readonly words: { readonly page: string; readonly of: string; readonly contents: string };
  readonly hasContents: boolean;
  /** Said under the title where letters had to be left out. */
  readonly note?: string;
  readonly blocks: Block[];
}

const words = {
  en: {
    intro: 'About your enquiry',
    next: 'What happens next',
    agencies: 'Organisations that can help',
    contacts: 'How to contact us',
    asAt: 'Advice as at',
    page: 'Page',
    of: 'of',
    contents: 'Contents',
    missing: 'Some letters cannot be printed in this file and are shown as �. The web page of this pack shows them.',
  },
  cy: {
    intro: 'Am eich ymholiad',
    next: 'Beth sy’n digwydd nesaf',
    agencies: 'Sefydliadau a all helpu',
    contacts: 'Sut i gysylltu â ni',
    asAt: 'Cyngor ar',
    page: 'Tudalen',
    of: 'o',
    contents: 'Cynnwys',
    missing:
      'Ni ellir argraffu rhai llythrennau yn y ffeil hon; dangosir � yn eu lle. Maent i’w gweld ar dudalen we’r pecyn.',
  },
} as const;

const STATEMENTS_THAT_NEED_CONTENTS = 6;
/** The pack as headings, paragraphs and lists: an h1, an h2 a section, an h3 a statement, as in its HTML. */
export function toPackContent(pack: InformationPack): PackContent {
  const word = words[pack.language];
  const [year = 2000, month = 1, day = 1] = pack.asAt.split('-').map(Number);
  const sections = pack.sections.flatMap((section) => [
    heading(2, section.title),
    ...section.statements.flatMap((one) => statementBlocks(one, pack.language)),
  ]);
  return {
    language: pack.language,
    title: plain(pack.title) || '-',
    organisation: plain(pack.organisation),
    asAt: `${word.asAt} ${longDate(pack.asAt, pack.language)}`,
    madeOn: { year, month, day },
    words: { page: word.page, of: word.of, contents: word.contents },
    hasContents: pack.sections.flatMap((section) => section.statements).length >= STATEMENTS_THAT_NEED_CONTENTS,
    blocks: [
      ...part(
        word.intro,
        pack.introduction.map((text) => paragraph([run(text)])),
      ),
      ...sections,
      ...part(
        word.next,
        listOf(
          'numbers',
          pack.nextSteps.map((step) => stepInline(step, pack.language)),
        ),
      ),
      ...part(word.agencies, listOf('cards', pack.agencies.map(contactInline))),
      ...part(word.contacts, listOf('cards', pack.contacts.map(contactInline))),
    ],
  };
}

/** Every text that is seen. */
export function textsOf(content: PackContent): string[] {
  return [content.title, content.organisation, content.asAt, ...content.blocks.flatMap(textsIn)];
}

function textsIn(block: Block): string[] {
  if ('inline' in block) return [textOf(block.inline)];
  return block.kind === 'list' ? block.items.flat().flatMap(textsIn) : block.blocks.flatMap(textsIn);
}

/** The content without characters that no font has, and a note that says so. */
export function withoutCharacters(content: PackContent, missing: ReadonlySet<string>): PackContent {
  const clean = (text: string): string =>
    [...text].map((letter) => (missing.has(letter) ? '\u{fffd}' : letter)).join('');
  const blocks = cleanTexts(content.blocks, clean) as Block[];
  const note = words[content.language === 'cy' ? 'cy' : 'en'].missing;
  return { ...content, title: clean(content.title), organisation: clean(content.organisation), note, blocks };
}

/** Addresses stay as they are: only what is seen is replaced. */
function cleanTexts(value: unknown, clean: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => cleanTexts(one, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'text' && typeof one === 'string' ? clean(one) : cleanTexts(one, clean),
    ]),
  );
}

function part(title: string, blocks: Block[]): Block[] {
  return blocks.length === 0 ? [] : [heading(2, title), ...blocks];
}

type Statement = InformationPack['sections'][number]['statements'][number];

/** Statements in another language than the pack say so, for screen readers. */
function statementBlocks(statement: Statement, language: string): Block[] {
  const blocks = [heading(3, statement.title), ...stepHeadings(toBlocks(statement.body))];
  return statement.language === language ? blocks : [{ kind: 'part', language: statement.language, blocks }];
}

function stepInline(step: InformationPack['nextSteps'][number], language: string): Inline[] {
  if (step.on === undefined) return [run(step.text)];
  return [run(`${step.text} `), run(longDate(step.on, language), { strong: true })];
}

// By name: asking the platform costs 15 ms the first time, and its names may change with it.
const months = {
  en: 'January February March April May June July August September October November December',
  cy: 'Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr',
} as const;

function longDate(date: string, language: string): string {
  const [year = '', month, day] = date.split('-');
  return `${Number(day)} ${months[language === 'cy' ? 'cy' : 'en'].split(' ')[Number(month) - 1] ?? ''} ${year}`;
}

function contactInline(contact: InformationPack['contacts'][number] & { readonly hours?: string }): Inline[] {
  const { name, phone, email, url, hours } = contact;
  const lines: Inline[][] = [[run(name, { strong: true })]];
  if (phone !== undefined) lines.push(link(`tel:${phone.replace(/[^\d+]/g, '')}`, [run(phone)]));
  if (email !== undefined) lines.push(link(`mailto:${email}`, [run(email)]));
  if (url !== undefined) lines.push(link(url, [run(url)]));
  if (hours !== undefined) lines.push([run(hours)]);
  return lines.flatMap((line, index) => (index === 0 ? line : [{ kind: 'break' } as const, ...line]));
}

function listOf(look: 'numbers' | 'cards', items: Inline[][]): Block[] {
  if (items.length === 0) return [];
  const direction = directionOf(items.map(textOf).join(' '));
  return [{ kind: 'list', look, direction, items: items.map((inline) => [paragraph(inline)]) }];
}
