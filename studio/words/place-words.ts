/** `/adviceRules/HP3/when/conditions/0/of/question` as people read it: `advice rules, HP3, when`. */
export function placeInWords(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const end = parts.findIndex((part) => part === 'conditions' || part === 'condition' || part === 'of');
  return parts
    .slice(0, end === -1 ? parts.length : end)
    .filter((part) => !/^\d+$/.test(part))
    .map((part) => (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(part) ? part.replaceAll(/([A-Z])/g, ' $1').toLowerCase() : part))
    .join(', ');
}
