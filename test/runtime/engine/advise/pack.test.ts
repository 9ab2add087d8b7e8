import { describe, expect, it } from 'vitest';
import { loadSoundConfiguration } from '../../../../runtime/cli/configuration-folder.ts';
import { checkAdviceText } from '../../../../runtime/engine/advise/check-text.ts';
import { readMarkdown, renderMarkdownHtml } from '../../../../runtime/engine/advise/markdown.ts';
import { buildPack } from '../../../../runtime/engine/advise/pack.ts';
import { renderPackHtml } from '../../../../runtime/engine/advise/pack-html.ts';
import { measureReadability } from '../../../../runtime/engine/advise/readability.ts';
import type { AdviceDocument } from '../../../../schemas/advice.ts';
import type { Configuration } from '../../../../schemas/configuration.ts';

const toHtml = (markdown: string) => renderMarkdownHtml(readMarkdown(markdown).nodes);
const { configuration } = loadSoundConfiguration('configurations/housing-england');
const digestOf = (text: string) => `digest of ${text.length}`;

function withStatement(statement: Partial<AdviceDocument>): Configuration {
  const whole: AdviceDocument = {
    kind: 'advice',
    format: 1,
    key: 'X',
    title: 'X',
    body: '',
    scope: 'generic',
    section: 'S',
    order: 0,
    ...statement,
  };
  return { ...configuration, advice: { X: whole } };
}

describe('the Markdown of statements', () => {
  it('renders headings, lists, emphasis and links', () => {
    expect(toHtml('# Rent\n\nPay **now**, *please*.\n\n- one\n- [two](https://example.org/a?b=1&c=2)')).toBe(
      '<h3>Rent</h3><p>Pay <strong>now</strong>, <em>please</em>.</p><ul><li>one</li><li><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">two</a></li></ul>',
    );
  });

  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;', 'TEXT_HTML'],
    ['a <img src=x onerror=alert(1)> b', '<p>a &lt;img src=x onerror=alert(1)&gt; b</p>', 'TEXT_HTML'],
    ['[go](javascript:alert(1))', '<p>go</p>', 'TEXT_LINK_REFUSED'],
    ['[go](data:text/html,x)', '<p>go</p>', 'TEXT_LINK_REFUSED'],
    ['[go](JaVaScRiPt:alert(1))', '<p>go</p>', 'TEXT_LINK_REFUSED'],
    ['[go](/relative)', '<p>go</p>', 'TEXT_LINK_REFUSED'],
    ['![picture of it](https://example.org/a.png)', '<p>picture of it</p>', 'TEXT_IMAGE'],
  ])('%s is shown harmlessly and reported', (markdown, html, code) => {
    expect(toHtml(markdown)).toBe(html);
    expect(readMarkdown(markdown).problems.map((problem) => problem.code)).toContain(code);
  });

  it('survives ten thousand nested quotes and a very long text', () => {
    expect(readMarkdown(`${'>'.repeat(10_000)} deep`).problems[0]?.code).toBe('TEXT_TOO_DEEP');
    expect(toHtml('word '.repeat(400_000)).length).toBeGreaterThan(1_999_000);
  });

  it('leaves right-to-left text as it is', () => {
    expect(toHtml('مرحبا **بك**')).toBe('<p>مرحبا <strong>بك</strong></p>');
  });
});

describe('reading age (A7)', () => {
  it('counts words, sentences and the longest sentence', () => {
    expect(measureReadability('Call us now. We will help you to find a home.')).toMatchObject({
      words: 11,
      sentences: 2,
      longestSentence: 8,
      meanSentence: 5.5,
    });
  });

  it('tells a hard text from an easy one', () => {
    const hard =
      'Notwithstanding the aforementioned statutory provisions, accommodation applications necessitate comprehensive documentation.';
    expect(measureReadability(hard).readingAge).toBeGreaterThan(
      measureReadability('The cat sat on the mat. It was hot.').readingAge + 8,
    );
  });

  it('of nothing is nothing', () => {
    expect(measureReadability('').words).toBe(0);
  });
});

describe('the information pack (A4)', () => {
  const request = {
    configuration,
    workflow: 'HP',
    asAt: '2026-11-21',
    answers: { safe: 'yes', stay: 'family_friends', notice: 'none', leave_by: '2026-12-01' },
    values: { caseRef: 'HP-1 <b>' },
    introduction: ['Dear Sam,'],
    nextSteps: [{ text: 'We call you by', on: '2026-11-24' }],
    contacts: [{ name: 'Duty team', phone: '020 7946 0000' }],
  };

  it('is the same, byte for byte, when made again', () => {
    expect(renderPackHtml(buildPack(request, digestOf))).toBe(
      renderPackHtml(buildPack(structuredClone(request), digestOf)),
    );
  });

  it('holds the answers that counted and the statements with their digests, in order', () => {
    const pack = buildPack(request, digestOf);
    expect(pack.answers).not.toHaveProperty('leave_by');
    const statements = pack.sections.flatMap((section) => section.statements);
    expect(statements.map((statement) => statement.key).slice(0, 2)).toEqual(['G1', 'G6']);
    expect(statements[0]?.digest).toMatch(/^digest of/);
  });

  it('fills placeholders with escaped values and has one heading of the first level', () => {
    const html = renderPackHtml(buildPack(request, digestOf));
    expect(html).toContain('HP-1 &lt;b&gt;');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html).toContain('<time datetime="2026-11-24">');
    expect(html).toContain('<a href="tel:02079460000">020 7946 0000</a>');
  });

  it('never gives customers an internal statement', () => {
    const internal = withStatement({ audience: 'internal', body: 'secret' });
    expect(buildPack({ ...request, configuration: internal }, digestOf).sections).toEqual([]);
  });

  it('gives a translation only while it is of the text it was made from', () => {
    const translated = (of: string) =>
      withStatement({
        title: 'Help',
        body: 'Call us.',
        translations: { cy: { title: 'Cymorth', body: 'Ffoniwch ni.', of } },
      });
    const titleOf = (of: string) =>
      buildPack({ ...request, configuration: translated(of), language: 'cy' }, digestOf).sections[0]?.statements[0]
        ?.title;
    expect([titleOf(digestOf('Help\nCall us.')), titleOf('older')]).toEqual(['Cymorth', 'Help']);
  });
});

describe('checks of the words', () => {
  const codes = (body: string) => checkAdviceText(withStatement({ body }), digestOf).map((finding) => finding.code);

  it.each([
    ['Call {{caseRef}}.', []],
    ['Call {{bankBalance}}.', ['ADVICE_PLACEHOLDER_UNKNOWN']],
    ['Call {{agency:nobody}}.', ['ADVICE_AGENCY_UNKNOWN']],
    ['If you are pregnant, call us.', ['ADVICE_SUBGROUP']],
    ['[x](javascript:x)', ['TEXT_LINK_REFUSED']],
  ])('%s gives %j', (body, expected) => {
    expect(codes(body)).toEqual(expected);
  });
});
