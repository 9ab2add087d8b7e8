/** `/adviceRules/HP3/when/conditions/0/of/question` as people read it: `advice rules, HP3, when`; `/script/2`: `script, step 3`. */
export function placeInWords(pointer: string): string {
  const parts = pointer.split('/').slice(1);
  const end = parts.findIndex((part) => part === 'conditions' || part === 'condition' || part === 'of');
  return parts
    .slice(0, end === -1 ? parts.length : end)
    .map((part, at, all) => (all[at - 1] === 'script' && isNumber(part) ? `step ${Number(part) + 1}` : part))
    .filter((part) => !isNumber(part))
    .map((part) => (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(part) ? part.replaceAll(/([A-Z])/g, ' $1').toLowerCase() : part))
    .join(', ');
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part);
}
