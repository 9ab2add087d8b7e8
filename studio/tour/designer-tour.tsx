import { designerSteps } from './steps.ts';
import { Tour } from './tour.tsx';

/** The tour of the designer, where a person is on it. */
export function DesignerTour({ person }: { person: string }) {
  return <Tour person={person} steps={designerSteps} />;
}
