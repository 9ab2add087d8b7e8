import { Button, Checkbox, Group } from '@mantine/core';
import { IconArrowRight, IconBan, IconPin } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Moment } from '../api/types.ts';
import { Badge } from '../ui/badge.tsx';
import { EmptyState } from '../ui/notice.tsx';
import { momentInWords } from '../words/date-words.ts';
import classes from './publish.module.css';
import type { CaseEffect, Effect } from './queries.ts';

export interface EffectViewProps {
  effect: Effect;
  selected: readonly string[];
  onSelect: (cases: string[]) => void;
  onPin: (cases: readonly string[], pinned: boolean) => void;
  busy?: boolean;
}

/** What a dry run says of the open cases: who moves how, who cannot and why, and who is kept. */
export function EffectView({ effect, selected, onSelect, onPin, busy = false }: EffectViewProps) {
  const { openCases, unchanged, cannotMove, pinned, cases } = effect;
  if (openCases === 0) return <EmptyState title="No open cases">Nothing has to be moved.</EmptyState>;
  const able = cases.filter(({ blocks }) => blocks.length === 0).map(({ id }) => id);
  const chosen = cases.filter(({ id }) => selected.includes(id));
  return (
    <div className={classes['stack']}>
      <dl className={classes['counts']}>
        <Count of="Open cases" n={openCases} />
        <Count of="Nothing would change" n={unchanged} />
        <Count of="Cannot move" n={cannotMove} />
        <Count of="Kept where they are" n={pinned} />
      </dl>
      {cases.length === 0 ? (
        <p className={classes['plain']}>No open case would notice.</p>
      ) : (
        <>
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              onClick={() => onSelect(selected.length === able.length ? [] : able)}
              disabled={able.length === 0}
            >
              {selected.length === able.length && able.length > 0 ? 'Select none' : `Select all that can move`}
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={busy}
              leftSection={<IconPin size={13} />}
              disabled={!chosen.some(({ isPinned }) => !isPinned)}
              onClick={() => onPin(selected, true)}
            >
              Keep the selected where they are
            </Button>
            <Button
              variant="default"
              size="xs"
              loading={busy}
              disabled={!chosen.some(({ isPinned }) => isPinned)}
              onClick={() => onPin(selected, false)}
            >
              Let the selected go
            </Button>
            <span className={classes['plain']} role="status">
              {selected.length} selected
            </span>
          </Group>
          <ul className={classes['cases']}>
            {cases.map((one) => (
              <CaseRow
                key={one.id}
                of={one}
                isSelected={selected.includes(one.id)}
                onSelect={(is) => onSelect(is ? [...selected, one.id] : selected.filter((id) => id !== one.id))}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Count({ of, n }: { of: string; n: number }) {
  return (
    <div>
      <dt>{of}</dt>
      <dd className="numeric">{n}</dd>
    </div>
  );
}

function CaseRow({
  of,
  isSelected,
  onSelect,
}: {
  of: CaseEffect;
  isSelected: boolean;
  onSelect: (is: boolean) => void;
}) {
  const { id, reference, workflow, release, isPinned, blocks, dates } = of;
  return (
    <li className={classes['case']}>
      <Checkbox
        aria-label={`Select ${reference}`}
        checked={isSelected}
        onChange={(event) => onSelect(event.currentTarget.checked)}
      />
      <details>
        <summary>
          <strong>{reference}</strong>
          <span className={classes['key']}>
            {workflow}, release {release}
          </span>
          {blocks.length > 0 ? (
            <Badge tone="bad" icon={<IconBan size={12} />}>
              Cannot move
            </Badge>
          ) : null}
          {isPinned ? (
            <Badge tone="note" icon={<IconPin size={12} />}>
              Kept
            </Badge>
          ) : null}
          <span className={classes['plain']}>
            {dates.length} date{dates.length === 1 ? '' : 's'} would move
          </span>
        </summary>
        <ul className={classes['sentences']}>
          {blocks.map((block) => (
            <li key={block.code + block.what}>{block.reason}</li>
          ))}
          {of.added.length > 0 ? <li>New tasks: {of.added.join(', ')}</li> : null}
          {of.orphaned.length > 0 ? <li>Not drawn any more: {of.orphaned.join(', ')}</li> : null}
          {dates.map((date) => (
            <li key={date.of + date.which}>
              {date.of} {date.which}: {at(date.from)} <IconArrowRight size={12} aria-label="becomes" /> {at(date.to)}
            </li>
          ))}
          {of.statements.gained.length > 0 ? <li>Advice gained: {of.statements.gained.join(', ')}</li> : null}
          {of.statements.lost.length > 0 ? <li>Advice lost: {of.statements.lost.join(', ')}</li> : null}
          {of.messages.map((message) => (
            <li key={message.to + message.about}>
              Message to {message.to} by {message.channel}: {message.about}
            </li>
          ))}
          <li>
            <Link to="/cases/$id" params={{ id }}>
              Open the case {reference}
            </Link>
          </li>
        </ul>
      </details>
    </li>
  );
}

function at(moment: Moment | null): string {
  return moment === null ? 'no date' : momentInWords(moment);
}
