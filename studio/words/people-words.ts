/** A sentence in which ids of people became their names. */
export function withNames(text: string, users: Readonly<Record<string, { name: string }>> = {}): string {
  return text.replaceAll(/[\w-]+/g, (word) => (Object.hasOwn(users, word) ? (users[word]?.name ?? word) : word));
}
