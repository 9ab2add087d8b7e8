/** What is chosen in every view alike: one link, or one task that others may be chosen with. */
export type Selected = { node: string } | { link: string } | undefined;
