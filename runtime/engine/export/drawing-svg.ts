import type { Configuration } from '../../../schemas/configuration.ts';
import { inOrder } from '../../../schemas/document.ts';
import type { Lag } from '../../../schemas/workflow.ts';
import { periodWords } from '../diff/words.ts';
import type { Position } from '../edit/command.ts';
import type { WorkflowPlan } from '../plan/plan.ts';
import { escapeXml } from './mspdi.ts';
import { CARD } from './rank-layout.ts';
import { titleOf } from './workflow-plan.ts';

const MARGIN = 32;
const HEAD = 44;
const ink = '#1c2230';
const muted = '#596170';
const line = '#8a93a5';
const critical = '#a3301f';

/** The drawing of a workflow as one SVG that stands alone: light, no script, no font or picture from elsewhere. Nodes without a position are left out. */
export function writeDrawingSvg(
  configuration: Configuration,
  key: string,
  positions: Readonly<Record<string, Position>>,
  plan?: WorkflowPlan,
): string {
  const workflow = configuration.workflow[key];
  const nodes = inOrder(workflow?.nodes ?? {}).flatMap((node) => {
    const at = positions[node.key];
    return at ? [{ ...node, at }] : [];
  });
  const left = Math.min(0, ...nodes.map(({ at }) => at.x)) - MARGIN;
  const top = Math.min(0, ...nodes.map(({ at }) => at.y)) - MARGIN - HEAD;
  const width = Math.max(CARD.width, ...nodes.map(({ at }) => at.x + CARD.width)) + MARGIN - left;
  const height = Math.max(CARD.height, ...nodes.map(({ at }) => at.y + CARD.height)) + MARGIN - top;
  const isCritical = (node: string) => plan?.tasks[node]?.critical === true;
  const links = inOrder(workflow?.links ?? {}).flatMap((link) => {
    const [from, to] = [positions[link.from], positions[link.to]];
    if (!from || !to) return [];
    return linkLines(from, to, linkWords(link), isCritical(link.from) && isCritical(link.to));
  });
  const cards = nodes.flatMap((node) => {
    const planned = plan?.tasks[node.key];
    return cardLines(node.at, {
      key: node.key,
      type: node.type,
      title: titleOf(configuration, node),
      isCritical: isCritical(node.key),
      due: planned ? `due ${planned.finish}${planned.critical ? ', critical' : ''}` : '',
    });
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img" aria-label="${escapeXml(`Drawing of ${workflow?.title ?? key}`)}">`,
    `<title>${escapeXml(workflow?.title ?? key)}</title>`,
    '<defs>',
    arrow('arrow', line),
    arrow('critical', critical),
    '</defs>',
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="${left + MARGIN}" y="${top + MARGIN}" font-size="18" font-weight="600" fill="${ink}">${escapeXml(workflow?.title ?? key)}</text>`,
    ...links,
    ...cards,
    '</svg>',
  ].join('\n')}\n`;
}

function arrow(id: string, colour: string): string {
  return `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="${colour}"/></marker>`;
}

interface Card {
  key: string;
  type: string;
  title: string;
  isCritical: boolean;
  due: string;
}

function cardLines({ x, y }: Position, card: Card): string[] {
  const stroke = card.isCritical ? `stroke="${critical}" stroke-width="2"` : `stroke="${line}"`;
  const radius = card.type === 'task' ? 6 : 20;
  const kind = card.type === 'task' ? '' : ` · ${card.type}`;
  return [
    `<rect x="${x}" y="${y}" width="${CARD.width}" height="${CARD.height}" rx="${radius}" fill="#ffffff" ${stroke}/>`,
    `<text x="${x + 14}" y="${y + 22}" font-size="11" fill="${muted}">${escapeXml(card.key + kind)}</text>`,
    ...wrap(card.title, 30, 2).map(
      (text, at) =>
        `<text x="${x + 14}" y="${y + 42 + at * 17}" font-size="14" font-weight="600" fill="${ink}">${escapeXml(text)}</text>`,
    ),
    `<text x="${x + 14}" y="${y + 80}" font-size="11" fill="${card.isCritical ? critical : muted}">${escapeXml(card.due)}</text>`,
  ];
}

function linkLines(from: Position, to: Position, words: string, isCritical: boolean): string[] {
  const [startX, startY] = [from.x + CARD.width / 2, from.y + CARD.height];
  const [endX, endY] = [to.x + CARD.width / 2, to.y - 3];
  const bend = Math.max(24, Math.abs(endY - startY) / 2);
  const path = `M${startX} ${startY} C${startX} ${startY + bend} ${endX} ${endY - bend} ${endX} ${endY}`;
  // The critical path is wider and darker and its tasks say so in words: colour never stands alone.
  const look = isCritical
    ? `stroke="${critical}" stroke-width="2.5" marker-end="url(#critical)"`
    : `stroke="${line}" stroke-width="1.5" marker-end="url(#arrow)"`;
  const [x, y] = [(startX + endX) / 2, (startY + endY) / 2];
  return [
    `<path d="${path}" fill="none" ${look}/>`,
    ...(words
      ? [
          `<text x="${x}" y="${y}" font-size="11" text-anchor="middle" fill="${ink}" stroke="#ffffff" stroke-width="4" paint-order="stroke">${escapeXml(words)}</text>`,
        ]
      : []),
  ];
}

/** What stands on a link; a plain finish to start says nothing. */
export function linkWords({
  type,
  lag,
  branch,
}: {
  type: string;
  lag?: Lag | undefined;
  branch?: string | undefined;
}): string {
  const sign = lag && lag.value < 0 ? '−' : '+';
  const words = lag && lag.value !== 0 ? `${sign}${periodWords({ value: Math.abs(lag.value), unit: lag.unit })}` : '';
  return [branch, type === 'FS' ? '' : type, words].filter(Boolean).join(' ');
}

/** Words in lines of so many letters; what does not fit ends in an ellipsis. */
function wrap(text: string, letters: number, most: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  const cut = (text: string) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);
  const shown = lines.slice(0, most).map(cut);
  if (lines.length > most) shown[most - 1] = cut(`${shown[most - 1]} …`);
  return shown;
}
