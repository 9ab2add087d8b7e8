import { IconPlus } from '@tabler/icons-react';
import { ViewportPortal } from '@xyflow/react';
import type { Position } from '../document/engine.ts';
import { LANE_HEAD, type Lane } from './arrange.ts';
import classes from './canvas.module.css';
import { CARD } from './layout.ts';

/** Lanes behind the cards: who does what, from left to right. */
export function LaneLayer({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <ViewportPortal>
      <div className={classes['lanes']}>
        {lanes.map((lane, at) => (
          <section
            key={lane.key}
            className={classes['lane']}
            data-odd={at % 2 === 1 || undefined}
            aria-label={`Lane of ${lane.title}`}
            style={{ left: lane.x, top: -LANE_HEAD, width: lane.width, height: lane.height }}
          >
            <h2>{lane.title}</h2>
          </section>
        ))}
      </div>
    </ViewportPortal>
  );
}

/** In the middle of a link: a task can be put there. The link's panel has the same for the keyboard. */
export function InsertButton({
  from,
  to,
  onPress,
  onEnter,
  onLeave,
}: {
  from: Position;
  to: Position;
  onPress: () => void;
  onEnter: () => void;
  onLeave: () => void;
}) {
  const x = (from.x + to.x + CARD.width) / 2;
  const y = (from.y + CARD.height + to.y) / 2;
  return (
    <ViewportPortal>
      <button
        type="button"
        tabIndex={-1}
        className={`${classes['insert']} nodrag nopan`}
        aria-label="Put a task into this link"
        title="Put a task into this link"
        style={{ transform: `translate(-50%, -50%) translate(${x + 30}px, ${y}px)` }}
        onMouseEnter={onEnter}
        onMouseLeave={onLeave}
        onClick={onPress}
      >
        <IconPlus size={14} aria-hidden="true" />
      </button>
    </ViewportPortal>
  );
}
