import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import classes from './tour.module.css';
import { useTour } from './tour-state.ts';

/** Offered until it was taken or refused once. */
export function TourOffer({ person, onBegin }: { person: string; onBegin: () => void }) {
  const [state, setState] = useTour(person);
  if (state.at !== 'new') return null;
  return (
    <section className={classes['offer']} aria-label="New here?">
      <IconRoute size={18} aria-hidden="true" />
      <p>New here? Seven short steps show the designer on the sample workflow. You can leave at any time.</p>
      <Button
        size="xs"
        onClick={() => {
          setState({ at: 'step', step: 0 });
          onBegin();
        }}
      >
        Take the tour
      </Button>
      <Button size="xs" variant="default" onClick={() => setState({ at: 'left' })}>
        No, thanks
      </Button>
    </section>
  );
}
