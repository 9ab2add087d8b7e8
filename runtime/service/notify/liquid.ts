import { Liquid } from 'liquidjs';

const limits = { parseLimit: 300_000, renderLimit: 200, memoryLimit: 2_000_000 };

/** Renders one Liquid text with the limits of N2: no files, no inherited properties, unknown paths and filters are mistakes. Throws on any mistake. */
export function renderLiquid(text: string, scope: Readonly<Record<string, unknown>>, zone: string): string {
  const liquid = new Liquid({
    templates: {},
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    relativeReference: false,
    timezoneOffset: zone,
    ...limits,
  });
  return String(liquid.parseAndRenderSync(text, scope));
}
