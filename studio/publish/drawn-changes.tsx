import { SegmentedControl, Select } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { WorkflowDocument } from '../../schemas/workflow.ts';
import { type DrawingDiff, type DrawnMark, diffDrawing } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import { Canvas } from '../workflow-designer/canvas.tsx';
import type { CanvasView } from '../workflow-designer/canvas-focus.ts';
import { nodeTitle } from '../workflow-designer/drawing.ts';
import type { Selected } from '../workflow-designer/selection.ts';
import classes from './drawn-changes.module.css';
import { positionsOf } from './drawn-positions.ts';
import { layoutQuery } from './queries.ts';

type Shown = 'together' | 'beside' | 'before' | 'after';
type Chosen = NonNullable<Selected>;

const marks: Readonly<Record<DrawnMark['change'], { word: string; tone: Tone; icon: typeof IconPlus }>> = {
  added: { word: 'New', tone: 'good', icon: IconPlus },
  removed: { word: 'Gone', tone: 'bad', icon: IconMinus },
  changed: { word: 'Changed', tone: 'accent', icon: IconPencil },
};

/** What differs between two versions, on the drawing: each mark leads to its sentence, each sentence to its mark. */
export default function DrawnChanges({ before, after }: { before: Configuration; after: Configuration }) {
  const settled = useDeferredValue(after);
  const drawings = useMemo(() => drawingsOf(before, settled), [before, settled]);
  const [wanted, setWanted] = useState<string>();
  const drawing = drawings.find(({ key }) => key === wanted) ?? drawings[0];
  if (!drawing) return null;
  return (
    <Panel
      title="On the drawing"
      actions={
        drawings.length > 1 ? (
          <Select
            aria-label="Drawing"
            size="xs"
            w={260}
            data={drawings.map(({ key, diff }) => ({ value: key, label: `${diff.workflow.title} (${countOf(diff)})` }))}
            value={drawing.key}
            onChange={(key) => key && setWanted(key)}
          />
        ) : null
      }
    >
      <OneDrawing key={drawing.key} diff={drawing.diff} before={before} after={settled} />
    </Panel>
  );
}

function drawingsOf(before: Configuration, after: Configuration): { key: string; diff: DrawingDiff }[] {
  const keys = [...new Set([...Object.keys(after.workflow), ...Object.keys(before.workflow)])];
  return keys.flatMap((key) => {
    const diff = diffDrawing(before, after, key);
    return diff ? [{ key, diff }] : [];
  });
}

function countOf({ nodes, links }: DrawingDiff): number {
  return Object.keys(nodes).length + Object.keys(links).length;
}

function OneDrawing({ diff, before, after }: { diff: DrawingDiff; before: Configuration; after: Configuration }) {
  const { workflow } = diff;
  const { data: stored } = useQuery(layoutQuery(workflow.key));
  const [shown, setShown] = useState<Shown>('together');
  const [chosen, setChosen] = useState<Chosen>();
  const views = useRef<Partial<Record<'before' | 'after', CanvasView | undefined>>>({});
  const positions = useMemo(() => positionsOf(workflow, stored ?? {}), [workflow, stored]);
  // What is gone has its title from the version that had it.
  const titles = useMemo((): Configuration => withAllOf(before, after), [before, after]);
  const [old, now] = [before.workflow[workflow.key], after.workflow[workflow.key]];
  const select = (next: Selected) => {
    setChosen(next);
    const mark = next && markOf(diff, next);
    if (mark) announce(mark.sentences.join(' '));
  };
  const showOnCanvas = (next: Chosen) => {
    setChosen(next);
    const node = 'node' in next ? next.node : workflow.links[next.link]?.to;
    for (const view of Object.values(views.current)) if (node !== undefined) view?.show(node);
  };
  const canvas = (version: WorkflowDocument, configuration: Configuration, side: 'before' | 'after', label: string) => (
    <figure className={classes['canvas']}>
      <figcaption>{label}</figcaption>
      <div>
        <Canvas
          drawing={{ workflow: version, configuration, marks: diff }}
          positions={positions}
          selected={chosen && isIn(version, chosen) ? chosen : undefined}
          onSelect={select}
          onView={(view) => {
            views.current[side] = view;
          }}
          label={`${workflow.title}: ${label.toLowerCase()}`}
        />
      </div>
    </figure>
  );
  return (
    <div className={classes['whole']}>
      <SegmentedControl
        aria-label="Versions shown"
        size="xs"
        data={[
          { value: 'together', label: 'Both in one' },
          { value: 'beside', label: 'Side by side' },
          { value: 'before', label: 'Before' },
          { value: 'after', label: 'After' },
        ]}
        value={shown}
        onChange={(next) => setShown(next as Shown)}
      />
      <div className={classes['both']}>
        <div className={classes['drawings']} data-beside={shown === 'beside' || undefined}>
          {shown === 'together' ? canvas(workflow, titles, 'after', 'Both versions in one') : null}
          {shown === 'before' || shown === 'beside' ? (
            old ? (
              canvas(old, before, 'before', 'Before')
            ) : (
              <p className={classes['none']}>Before: this workflow was not there.</p>
            )
          ) : null}
          {shown === 'after' || shown === 'beside' ? (
            now ? (
              canvas(now, after, 'after', 'After')
            ) : (
              <p className={classes['none']}>After: this workflow is gone.</p>
            )
          ) : null}
        </div>
        <Sentences diff={diff} configuration={titles} chosen={chosen} onChoose={showOnCanvas} />
      </div>
    </div>
  );
}

/** Every mark with its sentences, in words: the twin of the drawing. */
function Sentences({
  diff,
  configuration,
  chosen,
  onChoose,
}: {
  diff: DrawingDiff;
  configuration: Configuration;
  chosen: Chosen | undefined;
  onChoose: (chosen: Chosen) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const name = chosen === undefined ? undefined : nameOf(chosen);
  useEffect(() => {
    if (name === undefined) return;
    list.current?.querySelector(`[data-mark="${CSS.escape(name)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [name]);
  const { workflow } = diff;
  const entries = [
    ...Object.entries(diff.nodes).map(([node, mark]) => ({
      at: { node } as Chosen,
      mark,
      title: `${node} ${nodeTitle(workflow, configuration, node)}`,
    })),
    ...Object.entries(diff.links).map(([link, mark]) => ({
      at: { link } as Chosen,
      mark,
      title: `Link from ${workflow.links[link]?.from ?? ''} to ${workflow.links[link]?.to ?? ''}`,
    })),
  ];
  return (
    <ol className={classes['sentences']} aria-label={`What differs on ${workflow.title}`} ref={list}>
      {entries.map(({ at, mark, title }) => {
        const { word, tone, icon: Icon } = marks[mark.change];
        const own = nameOf(at);
        return (
          <li key={own} data-mark={own} data-chosen={own === name || undefined}>
            <button type="button" aria-current={own === name || undefined} onClick={() => onChoose(at)}>
              <Badge tone={tone} icon={<Icon size={12} />}>
                {word}
              </Badge>{' '}
              {title}
            </button>
            <ul>
              {mark.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

function nameOf(chosen: Chosen): string {
  return 'node' in chosen ? `node ${chosen.node}` : `link ${chosen.link}`;
}

function markOf(diff: DrawingDiff, chosen: Chosen): DrawnMark | undefined {
  return 'node' in chosen ? diff.nodes[chosen.node] : diff.links[chosen.link];
}

function isIn(workflow: WorkflowDocument, chosen: Chosen): boolean {
  return 'node' in chosen ? workflow.nodes[chosen.node] !== undefined : workflow.links[chosen.link] !== undefined;
}

function withAllOf(before: Configuration, after: Configuration): Configuration {
  return { ...after, task: { ...before.task, ...after.task }, template: { ...before.template, ...after.template } };
}
