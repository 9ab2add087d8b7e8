import {
  IconAsterisk,
  IconBuilding,
  IconCalendar,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconDoorExit,
  IconFlag,
  IconHandStop,
  IconHomeSearch,
  IconListCheck,
  IconMail,
  IconMessage,
  IconMinus,
  IconPencil,
  IconPhone,
  IconPlus,
  IconRepeat,
  IconRouteAltLeft,
  IconSend,
  IconUrgent,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Badge } from '../ui/badge.tsx';
import { SeverityBadge, SlaBadge, StateBadge } from '../ui/states.tsx';
import type { Card, ChangeMark } from './drawing.ts';
import classes from './task-card.module.css';

const icons: Readonly<Record<string, typeof IconClock>> = {
  call: IconPhone,
  letter: IconMail,
  visit: IconHomeSearch,
  agency: IconBuilding,
  interview: IconMessage,
  check: IconListCheck,
  decision: IconRouteAltLeft,
  other: IconCircleDashed,
  communication: IconSend,
  milestone: IconFlag,
  end: IconDoorExit,
  task: IconCircleCheck,
};

/** A node of the drawing: what, who, how long, and where it stands in the plan or in a living case. */
export function TaskCard({
  card,
  selected = false,
  renaming,
  onRename,
}: {
  card: Card;
  selected?: boolean;
  renaming?: boolean | undefined;
  onRename?: ((title: string | undefined) => void) | undefined;
}) {
  const Icon = icons[card.type === 'task' ? (card.taskType ?? 'task') : card.type] ?? IconCircleCheck;
  return (
    <div
      className={classes['card']}
      data-critical={card.plan?.critical || undefined}
      data-activation={card.activation}
      data-selected={selected || undefined}
      data-live={card.live?.state}
      data-type={card.type}
      data-change={card.change}
    >
      <div className={classes['head']}>
        <Icon size={15} stroke={1.7} aria-hidden="true" className={classes['icon']} />
        {renaming && onRename ? (
          <RenameField title={card.title} onDone={onRename} />
        ) : (
          <span className={classes['title']}>{card.title}</span>
        )}
      </div>
      <div className={classes['owner']}>
        <span className={classes['key']}>{card.key}</span>
        {card.mandatory ? (
          <span className={classes['mark']} title="Mandatory: cannot be bypassed">
            <IconAsterisk size={11} aria-hidden="true" />
            <span className="visually-hidden">mandatory</span>
          </span>
        ) : null}
        {card.owner ? (
          <>
            <OwnerIcon owner={card.owner} />
            <span className={classes['ownerName']}>{card.live?.owner ?? card.owner}</span>
          </>
        ) : null}
      </div>
      <div className={classes['foot']}>
        {card.change ? (
          <ChangeFoot change={card.change} />
        ) : card.live ? (
          <LiveFoot card={card} />
        ) : card.dates ? (
          <DatesFoot card={card} />
        ) : (
          <PlanFoot card={card} />
        )}
      </div>
    </div>
  );
}

function PlanFoot({ card }: { card: Card }) {
  return (
    <>
      {card.sla ? (
        <Badge icon={<IconClock size={12} />} title={`SLA ${card.sla.long}`}>
          {card.sla.short}
        </Badge>
      ) : null}
      {card.plan ? (
        card.plan.critical ? (
          <Badge tone="critical" icon={<CriticalMark />}>
            Critical
          </Badge>
        ) : (
          <Badge title={`Float ${card.plan.float} working days`}>float {card.plan.float} wd</Badge>
        )
      ) : null}
      {card.activation === 'manual' ? (
        <Badge tone="note" icon={<IconHandStop size={12} />}>
          by hand
        </Badge>
      ) : null}
      {card.activation === 'when' ? (
        <Badge tone="note" icon={<IconRouteAltLeft size={12} />} title={`Only when ${card.activationWords}`}>
          if
        </Badge>
      ) : null}
      {card.recurs ? (
        <Badge tone="note" icon={<IconRepeat size={12} />} title={`Recurs ${card.recurs.long}`}>
          {card.recurs.short}
        </Badge>
      ) : null}
      <span className={classes['spring']} />
      {card.worst ? <SeverityBadge severity={card.worst} /> : null}
    </>
  );
}

/** Its dates against the targets: what ends too late says after what. */
function DatesFoot({ card: { dates, plan } }: { card: Card }) {
  if (!dates) return null;
  return (
    <>
      <Badge
        {...(plan?.critical
          ? { tone: 'critical' as const, icon: <CriticalMark /> }
          : { icon: <IconCalendar size={12} /> })}
      >
        {dates.text}
      </Badge>
      {dates.late ? (
        <Badge tone="bad" icon={<IconUrgent size={12} />} title={`Ends after ${dates.late}`}>
          after {dates.late}
        </Badge>
      ) : null}
    </>
  );
}

const changes = {
  added: { word: 'New', tone: 'good', icon: IconPlus },
  removed: { word: 'Gone', tone: 'bad', icon: IconMinus },
  changed: { word: 'Changed', tone: 'accent', icon: IconPencil },
} as const;

/** What became of it between two versions; what stayed says nothing. */
function ChangeFoot({ change }: { change: ChangeMark }) {
  if (change === 'same') return null;
  const { word, tone, icon: Icon } = changes[change];
  return (
    <Badge tone={tone} icon={<Icon size={12} />}>
      {word}
    </Badge>
  );
}

function LiveFoot({ card: { live } }: { card: Card }) {
  if (!live) return null;
  return (
    <>
      <StateBadge state={live.state} />
      {live.slaState && live.slaState !== 'onTrack' ? <SlaBadge state={live.slaState} /> : null}
      {live.due ? <span className={classes['due']}>due {live.due}</span> : null}
    </>
  );
}

/** Two lines side by side, as on the drawing: critical without colour. */
export function CriticalMark() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M4 1v10M8 1v10" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}

function OwnerIcon({ owner }: { owner: string }) {
  const Icon = owner === 'Case owner' ? IconUser : IconUsers;
  return <Icon size={13} stroke={1.7} aria-hidden="true" />;
}

function RenameField({ title, onDone }: { title: string; onDone: (title: string | undefined) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <input
      className={`${classes['rename']} nodrag nopan`}
      aria-label="Title"
      defaultValue={title}
      ref={field}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onDone(event.currentTarget.value);
        if (event.key === 'Escape') onDone(undefined);
      }}
      onBlur={(event) => onDone(event.currentTarget.value)}
    />
  );
}
