import classes from './publish.module.css';

const steps = [
  { key: 'review', title: 'Review' },
  { key: 'test', title: 'Test' },
  { key: 'cases', title: 'Open cases' },
  { key: 'publish', title: 'Note and publish' },
] as const;

export type Step = (typeof steps)[number]['key'];

export function isStep(value: unknown): value is Step {
  return steps.some(({ key }) => key === value);
}

export function nextStep(step: Step): Step | undefined {
  return steps[steps.findIndex(({ key }) => key === step) + 1]?.key;
}

/** The way to a release; every step can be gone to at any time. */
export function Steps({
  step,
  notes,
  onStep,
}: {
  step: Step;
  notes: Partial<Record<Step, string | undefined>>;
  onStep: (step: Step) => void;
}) {
  return (
    <nav aria-label="Steps to a release">
      <ol className={classes['steps']}>
        {steps.map(({ key, title }, index) => (
          <li key={key}>
            <button
              type="button"
              className={classes['step']}
              aria-current={key === step ? 'step' : undefined}
              onClick={() => onStep(key)}
            >
              {index + 1}. {title}
              {notes[key] ? <small>{notes[key]}</small> : null}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
