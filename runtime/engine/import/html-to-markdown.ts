const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  pound: '£',
};

/** Plain HTML of a foreign statement as the Markdown subset; tags it does not know are dropped, their text stays. */
export function htmlToMarkdown(html: string, site: string): string {
  const text = html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(
      /<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi,
      (_, href: string, label: string) => `[${label}](${href.startsWith('/') ? site : ''}${href})`,
    )
    .replace(/<\/?(strong|b)>/gi, '**')
    .replace(/<\/?(em|i)>/gi, '*')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<h[1-6]\b[^>]*>/gi, '\n\n### ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(p|ul|ol|div|h[1-6])\b[^>]*>/gi, '\n\n')
    .replace(/<[^>]*>/g, '');
  return text
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? fromCode(name) ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/\n{2,}- /g, '\n- ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function fromCode(name: string): string | undefined {
  const match = /^#(x?)([0-9a-f]+)$/i.exec(name);
  const code = match ? Number.parseInt(match[2] ?? '', match[1] === '' ? 10 : 16) : Number.NaN;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
