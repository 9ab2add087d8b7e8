import { afterEach, describe, expect, it, vi } from 'vitest';
import { type InformationPack, readMarkdown } from '../../../../runtime/engine/index.ts';
import { renderPackPdf } from '../../../../runtime/service/pack-pdf/render-pack-pdf.ts';
import { Pdf, type Tag } from './read-pdf.ts';

type Statement = InformationPack['sections'][number]['statements'][number];

function statement(title: string, markdown: string, language: 'en' | 'cy' = 'en'): Statement {
  return { key: 'one', title, digest: '', language, body: readMarkdown(markdown).nodes };
}

function pack(parts: Partial<InformationPack> = {}): InformationPack {
  return {
    workflow: 'homelessness',
    title: 'Homelessness',
    organisation: 'Westbury Council',
    language: 'en',
    asAt: '2026-03-02',
    answers: {},
    introduction: ['Made for Ann O’Neill.'],
    sections: [{ title: 'Your rights', statements: [statement('Notice', 'You get **two months** notice.')] }],
    nextSteps: [{ text: 'We look at your enquiry by', on: '2026-03-09' }],
    agencies: [{ key: 'shelter', name: 'Shelter', phone: '0808 800 4444', url: 'https://england.shelter.org.uk/' }],
    contacts: [{ name: 'Housing team', email: 'housing@example.org' }],
    readability: { words: 0, sentences: 0, syllables: 0, readingAge: 0 } as unknown as InformationPack['readability'],
    ...parts,
  };
}

function withBody(markdown: string, title = 'Notice'): InformationPack {
  return pack({ sections: [{ title: 'Your rights', statements: [statement(title, markdown)] }] });
}

function isHeading({ tag }: Tag): boolean {
  return /^H\d$/.test(tag);
}

function headingsOf(pdf: Pdf): string[] {
  return pdf.everyTag.filter(isHeading).map(({ tag, text }) => `${tag} ${text.trim()}`);
}

/** Words in reading order with single blanks; a line's end may or may not carry its blank. */
function wordsOf(pdf: Pdf): string {
  return pdf.tags
    .map(({ text }) => text)
    .join(' ')
    .replace(/[\s\u{200b}]+/gu, ' ');
}

afterEach(() => void vi.useRealTimers());

const print = (one: InformationPack): Pdf => new Pdf(renderPackPdf(one));

describe('a printed pack', () => {
  it('says that it is tagged, its language, its title and that it follows PDF/UA-1', () => {
    const pdf = print(pack());
    const catalog = pdf.object(/\/Type \/Catalog/);
    expect(catalog).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(catalog).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(catalog).toMatch(/\/Lang \(en/);
    expect(catalog).toMatch(/\/DisplayDocTitle true/);
    expect(pdf.metadata).toMatch(/<dc:title>[\s\S]*Homelessness[\s\S]*<\/dc:title>/);
    expect(pdf.metadata).toMatch(/pdfuaid:part(?:>|=")1/);
    expect(pdf.all).toContain('D:20260302');
  });

  it('has the language of a Welsh pack, and of its English parts', () => {
    const sections = [{ title: 'Hawliau', statements: [statement('Notice', 'Not yet translated.')] }];
    const pdf = print(pack({ language: 'cy', sections }));
    expect(pdf.object(/\/Type \/Catalog/)).toMatch(/\/Lang \(cy/);
    expect(pdf.everyTag.filter(({ language }) => language?.startsWith('en'))).not.toEqual([]);
    expect(headingsOf(pdf)).toContain('H2 Beth sy’n digwydd nesaf');
  });

  it('tags the headings of the pack in order', () => {
    expect(headingsOf(print(pack()))).toEqual([
      'H1 Homelessness',
      'H2 About your enquiry',
      'H2 Your rights',
      'H3 Notice',
      'H2 What happens next',
      'H2 Organisations that can help',
      'H2 How to contact us',
    ]);
  });

  it('never skips a level of heading', () => {
    const pdf = print(withBody('### Deep\n\ntext\n\n###### Deeper\n\ntext\n\n# High\n\ntext'));
    expect(headingsOf(pdf).slice(3, 7)).toEqual(['H3 Notice', 'H4 Deep', 'H5 Deeper', 'H4 High']);
  });

  it('tags lists with their items, one inside the other', () => {
    const pdf = print(withBody('- one\n- two\n  1. inner\n'));
    const outer = pdf.tags.find(({ tag }) => tag === 'L');
    expect(outer?.below.map(({ tag }) => tag)).toEqual(['LI', 'LI']);
    const bodies = outer?.below.map((item) => item.below.find(({ tag }) => tag === 'LBody'));
    expect(bodies?.[0]?.text.trim()).toBe('one');
    expect(JSON.stringify(bodies?.[1])).toContain('"tag":"L"');
  });

  it('tags links and lists their addresses; an address that is not allowed stays words', () => {
    const contacts = [{ name: 'Bad', url: 'javascript:alert(1)' }];
    const body = 'See [the guidance](https://www.gov.uk/evict) and [this](data:text/html,x).';
    const pdf = print({ ...withBody(body), contacts });
    expect(pdf.links).toEqual(['https://www.gov.uk/evict', 'tel:08088004444', 'https://england.shelter.org.uk/']);
    const linked = pdf.everyTag.filter(({ tag }) => tag === 'Link').map(({ text }) => text);
    expect(linked).toEqual(['the guidance', '0808 800 4444', 'https://england.shelter.org.uk/']);
    expect(wordsOf(pdf)).toContain('javascript:alert(1)');
  });

  it('leaves nothing on a page that is neither tagged nor decoration (PDF/UA 7.1)', () => {
    const pdf = print(withBody('> quoted\n\n- [link](https://www.gov.uk/x)\n'));
    for (const page of pdf.drawn) expect(page.replace(/\/\w+ (?:<<.*?>> )?BDC[\s\S]*?EMC/g, '').trim()).toBe('');
    for (const page of pdf.objectsWith(/\/Type \/Page\b/)) expect(page).toMatch(/\/StructParents \d+ \/Tabs \/S/);
  });

  it('describes each link and leads from it to its tag (PDF/UA 7.18.5)', () => {
    const pdf = print(pack());
    const parents = pdf.object(/\/Nums \[/);
    const annotations = pdf.objectsWith(/\/Subtype \/Link/);
    expect(annotations).toHaveLength(3);
    for (const annotation of annotations) {
      expect(annotation).toMatch(/\/Contents <FEFF(?:[\dA-F]{4})+>/);
      const key = /\/StructParent (\d+)/.exec(annotation)?.[1];
      expect(parents).toMatch(new RegExp(`(?:^|\\s|\\[)${key} \\d+ 0 R`));
    }
  });

  it('brings its fonts, with the letters they stand for', () => {
    const pdf = print(pack());
    expect(pdf.objectsWith(/\/Type \/FontDescriptor/).every((font) => /\/FontFile2 \d+ 0 R/.test(font))).toBe(true);
    const fonts = pdf.objectsWith(/\/Subtype \/Type0/);
    expect(fonts).toHaveLength(2);
    expect(fonts.every((font) => /\/ToUnicode \d+ 0 R/.test(font))).toBe(true);
  });

  it('shows the agencies, the next steps with their dates and the contacts', () => {
    const words = wordsOf(print(pack()));
    expect(words).toContain('Advice as at 2 March 2026');
    expect(words).toContain('We look at your enquiry by 9 March 2026');
    expect(words).toMatch(/Shelter ?0808 800 4444 ?https:\/\/england\.shelter\.org\.uk\//);
    expect(words).toMatch(/Housing team ?housing@example\.org/);
  });

  it('is the same file when it is made again at another time in another zone', () => {
    const first = renderPackPdf(pack());
    vi.useFakeTimers({ now: Date.UTC(2031, 6, 1), toFake: ['Date'] });
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const again = renderPackPdf(pack());
    vi.unstubAllEnvs();
    expect(Buffer.from(again).equals(Buffer.from(first))).toBe(true);
  });

  it.each([
    '#read("/etc/passwd") #panic("x")',
    '#import "@preview/a:1.0.0": *',
    '$ x^2 $ #sys.inputs',
    '= Title *bold* _it_ `raw` @ref <label> ~ -- ... \\ #[',
    '"); #panic("out',
    '\\u{41} {{ x }} %PDF (BT) ET',
    '] // /* comment */ #let x = 1',
  ])('prints %j as it is, in a title, a name and a text', (text) => {
    const nodes = [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value: `Body ${text}` }] }];
    const statements = [{ ...statement(`Title ${text}`, ''), body: nodes }];
    const sections = [{ title: `Section ${text}`, statements }];
    const pdf = print(pack({ title: `Pack ${text}`, introduction: [`Name ${text}`], sections }));
    const words = wordsOf(pdf);
    for (const place of ['Pack', 'Name', 'Section', 'Title', 'Body']) expect(words).toContain(`${place} ${text}`);
  });

  it('keeps right-to-left text in reading order', () => {
    const arabic = 'يجب على المالك أن يعطيك إشعارا';
    const hebrew = 'על בעל הדירה לתת הודעה';
    const pdf = print(withBody(`${arabic} (form 6A)\n\n${hebrew}`, 'إشعار'));
    expect(headingsOf(pdf)).toContain('H3 إشعار');
    expect(wordsOf(pdf)).toContain(hebrew);
    expect(wordsOf(pdf).replaceAll('\u{200f}', '')).toContain(`${arabic} (form 6A)`);
  });

  it('prints letters that no font has as a mark or a box, and the rest unharmed', () => {
    const words = wordsOf(print(withBody('Before 😀 日本 after\u{feff}\u{1} the end.')));
    expect(words).toMatch(/Before .*after the end\./);
    expect(words).toContain('Some letters cannot be printed in this file');
  });

  it('prints long texts over many pages, and a word longer than a line', () => {
    const text = 'The council must help you when you have nowhere to live. '.repeat(600);
    const pdf = print(withBody(`${text}\n\n${'x'.repeat(5000)}`));
    expect(pdf.pages).toBeGreaterThan(8);
    expect(wordsOf(pdf)).toContain(text.trim());
    expect(
      pdf.everyTag
        .map((tag) => tag.text)
        .join('')
        .match(/x{20,}/g),
    ).not.toBeNull();
  });

  it.each([...Array(24).keys()].map((index) => index + 8))(
    'keeps a heading with what it heads, after %i lines',
    (lines) => {
      const introduction = Array.from({ length: lines }, (_, index) => `Line ${index + 1}.`);
      const pdf = print(
        pack({ introduction, sections: [{ title: 'Rights', statements: [statement('Notice', 'Two months.')] }] }),
      );
      const [heads, text] = [/^\/H\d/gm, /^\/P <</gm].map((tag) => pdf.drawn.map((page) => page.matchAll(tag)));
      pdf.drawn.forEach((_, index) => {
        const last = (found: typeof heads): number => [...(found?.[index] ?? [])].at(-1)?.index ?? -1;
        const [lastHead, lastText] = [last(heads), last(text)];
        if (index < pdf.pages - 1) expect(lastText, `page ${index + 1}`).toBeGreaterThan(lastHead);
      });
    },
  );

  it('keeps lists and quotes of any depth on the page', () => {
    const lists = Array.from({ length: 40 }, (_, depth) => `${'  '.repeat(depth)}- item`).join('\n');
    const pdf = print(withBody(`${lists}\n\n${'> '.repeat(60)}quoted`));
    const places = pdf.drawn.flatMap((page) =>
      [...page.matchAll(/ Tf 1 0 0 1 ([\d.]+) [\d.]+ Tm/g)].map(([, x]) => Number(x)),
    );
    expect(Math.max(...places)).toBeLessThan(595 - 65);
  });

  it('prints a pack that advises nothing', () => {
    const empty = pack({ organisation: '', introduction: [], sections: [], nextSteps: [], agencies: [], contacts: [] });
    expect(headingsOf(print(empty))).toEqual(['H1 Homelessness']);
  });
});

describe('a longer pack', () => {
  it('begins with its contents, linked', () => {
    const statements = Array.from({ length: 8 }, (_, index) => statement(`Advice ${index + 1}`, 'Words.'));
    const pdf = print(pack({ sections: [{ title: 'Your rights', statements }] }));
    const contents = pdf.tags.find(({ tag }) => tag === 'TOC');
    expect(contents?.text).toContain('Advice 8');
    expect(headingsOf(pdf).slice(0, 3)).toEqual(['H1 Homelessness', 'H2 Contents', 'H2 About your enquiry']);
  });
});
