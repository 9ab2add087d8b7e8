import { useEffect, useRef, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useFocusPlace } from '../../../studio/ui/use-focus-place.ts';

let root: Root | undefined;
let showField = () => {};

/** A row that is there, and a field in it that comes only when it is let. */
function Late() {
  const frame = useRef<HTMLDivElement>(null);
  const goTo = useFocusPlace(frame);
  const [isHere, setHere] = useState(false);
  showField = () => setHere(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the finding is followed once
  useEffect(() => goTo('/rungs/one/after'), []);
  return (
    <div ref={frame}>
      <div data-place="/rungs/one">
        <input aria-label="Title of the rung" />
        <input aria-label="Note" />
        {isHere ? <input aria-label="After" data-place="/rungs/one/after" /> : null}
      </div>
    </div>
  );
}

const focused = () => document.activeElement?.getAttribute('aria-label');

async function openNearIt(): Promise<void> {
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(<Late />);
  await expect.poll(focused).toBe('Title of the rung');
}

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

describe('the place of a finding whose field takes its time', () => {
  it('is what it stands in, and then the field itself', async () => {
    await openNearIt();
    showField();
    await expect.poll(focused).toBe('After');
  });

  it('leaves alone whoever has gone elsewhere meanwhile', async () => {
    await openNearIt();
    await userEvent.tab();
    showField();
    await expect.poll(() => document.querySelector('[aria-label=After]')).not.toBeNull();
    // Longer than it takes to look again.
    await new Promise((done) => setTimeout(done, 300));
    expect(focused()).toBe('Note');
  });
});
