import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { TourStep } from './steps.ts';
import classes from './tour.module.css';
import { useTour } from './tour-state.ts';

/** The steps one after another beside the page, which stays usable; Escape or Leave ends it at any time. */
export function Tour({ person, steps }: { person: string; steps: readonly TourStep[] }) {
  const [state, setState] = useTour(person);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = state.at === 'step' ? state.step : undefined;
  const current = step === undefined ? undefined : steps[step];
  const ring = useRing(current?.target);
  useEffect(() => {
    if (step !== undefined) heading.current?.focus();
  }, [step]);
  if (step === undefined || !current) return null;
  const leave = () => setState({ at: 'left' });
  const isLast = step === steps.length - 1;
  return (
    <>
      {ring ? <div className={classes['ring']} style={ring} aria-hidden="true" /> : null}
      <section
        className={classes['panel']}
        aria-label="Tour"
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') leave();
        }}
      >
        <h2 ref={heading} tabIndex={-1}>
          {current.title}
        </h2>
        <p>{current.text}</p>
        <div className={classes['row']}>
          <span className={classes['count']}>
            {step + 1} of {steps.length}
          </span>
          <Button size="xs" variant="subtle" color="gray" onClick={leave}>
            Leave the tour
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={step === 0}
            onClick={() => setState({ at: 'step', step: step - 1 })}
          >
            Back
          </Button>
          <Button size="xs" onClick={() => (isLast ? leave() : setState({ at: 'step', step: step + 1 }))}>
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </section>
    </>
  );
}

const FOLLOW_MS = 200;

/** The place on the screen to point at; it follows what moves, and is nowhere while its target is not shown. */
function useRing(target: string | undefined): { left: number; top: number; width: number; height: number } | undefined {
  const [ring, setRing] = useState<{ left: number; top: number; width: number; height: number }>();
  useEffect(() => {
    if (!target) return setRing(undefined);
    const follow = () => {
      const box = document.querySelector(target)?.getBoundingClientRect();
      const next = box && box.width > 0 ? toRing(box) : undefined;
      setRing((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    follow();
    const timer = setInterval(follow, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [target]);
  return ring;
}

function toRing({ left, top, width, height }: DOMRect) {
  return { left: left - 6, top: top - 6, width: width + 12, height: height + 12 };
}
