/** One thing to see: where it is on the page, and what to know about it. */
export interface TourStep {
  target: string;
  title: string;
  text: string;
}

/** The designer on the sample workflow, in the order a newcomer asks. */
export const designerSteps: readonly TourStep[] = [
  {
    target: 'main h1',
    title: 'A workflow',
    text: 'This is the sample workflow. Beside its name stands the critical path: how long a case takes at best, and when one begun today would end. It follows every change at once.',
  },
  {
    target: '[data-node]',
    title: 'Tasks',
    text: 'Each card is a task with its target and owner. Arrow keys walk from task to task, F2 or Enter renames, A appends the next one.',
  },
  {
    target: '.react-flow__edge',
    title: 'Links',
    text: 'Drag from a card’s edge to another card, or press C and choose: what must be done first, and how long to wait. Links that would run in a circle are refused with the reason.',
  },
  {
    target: '[aria-label="View of the workflow"]',
    title: 'Four views of one document',
    text: 'Drawing, table, timeline and text show the same workflow. What you change in one is changed in all, with one Undo for everything.',
  },
  {
    target: '[role="tablist"]',
    title: 'Findings',
    text: 'What is wrong or doubtful is listed here in sentences: choose one to go to its place. Errors hold up publishing, never your drawing.',
  },
  {
    target: '[aria-label^="Undo"]',
    title: 'Nothing is lost',
    text: 'Every step is saved by itself and can be undone by name. Without a connection your changes are kept on this computer and sent later.',
  },
  {
    target: 'main header',
    title: 'Publish when it is sound',
    text: 'Cases keep the release they began with until you move them. The question mark key shows every key of the designer.',
  },
];
