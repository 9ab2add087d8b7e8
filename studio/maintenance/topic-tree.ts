import type { TopicDocument } from '../../schemas/form.ts';

type Topics = Readonly<Record<string, TopicDocument>>;

/** Topics right below another one, or at the top, in their order; one whose parent is gone stands at the top. */
export function topicsBelow(topics: Topics, parent: string | undefined): TopicDocument[] {
  return Object.values(topics)
    .filter((topic) => (topic.parent !== undefined && topics[topic.parent] ? topic.parent : undefined) === parent)
    .sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
}

/** The topics among which one is ordered, itself with them. */
export function siblingsOf(topics: Topics, { parent }: TopicDocument): TopicDocument[] {
  return topicsBelow(topics, parent !== undefined && topics[parent] ? parent : undefined);
}

/** Whether a topic can be put above another: not where that stands above it already, which would make a circle. */
export function canBeAbove(topics: Topics, above: string, below: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = above; at !== undefined && !seen.has(at); at = topics[at]?.parent) {
    if (at === below) return false;
    seen.add(at);
  }
  return true;
}
