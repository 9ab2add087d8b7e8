import type { CompiledWorkflow, MachineConfig, MachineState } from './compiled-workflow.ts';

/** The machines of a workflow as one TypeScript module, each made with XState's `createMachine` (R3). */
export function toTypeScript(bundle: CompiledWorkflow): string {
  const { machines, key, digest } = bundle;
  const parts = [
    ['caseMachine', machines.case] as const,
    ...Object.entries(machines.nodes).map(([node, machine]) => [`node_${identifier(node)}`, machine] as const),
    ...Object.entries(machines.clocks).map(([clock, machine]) => [`clock_${identifier(clock)}`, machine] as const),
  ];
  const lines = parts.map(
    ([name, machine]) => `export const ${name} = createMachine(${JSON.stringify(machine, null, 2)});\n`,
  );
  return [`// Workflow ${key}, digest ${digest}.`, `import { createMachine } from 'xstate';\n`, ...lines].join('\n');
}

/** The machines of a workflow as Mermaid state diagrams: one composite state a machine. */
export function toMermaid(bundle: CompiledWorkflow): string {
  const { machines, workflow } = bundle;
  const named: [string, MachineConfig][] = [
    ['whole_case', machines.case],
    // Prefixed, since words such as `end` mean something to Mermaid.
    ...Object.entries(machines.nodes).map(([key, machine]): [string, MachineConfig] => [`node_${key}`, machine]),
    ...Object.entries(machines.clocks).map(([key, machine]): [string, MachineConfig] => [`clock_${key}`, machine]),
  ];
  const lines = named.flatMap(([key, machine]) => [
    `  state "${label(machine.description ?? key)}" as ${identifier(key)} {`,
    ...regionsOf(identifier(key), machine),
    '  }',
  ]);
  return ['stateDiagram-v2', `  %% ${label(workflow.title)}`, ...lines, ''].join('\n');
}

function regionsOf(prefix: string, machine: MachineConfig): string[] {
  const regions = Object.entries(machine.states ?? {});
  return regions.flatMap(([name, region], at) => [
    ...(at > 0 ? ['    --'] : []),
    ...statesOf(`${prefix}_${identifier(name)}`, region),
  ]);
}

function statesOf(prefix: string, region: MachineState): string[] {
  const states = Object.entries(region.states ?? {});
  const idOf = (state: string): string => `${prefix}_${identifier(state)}`;
  return [
    ...states.map(([state]) => `    state "${label(state)}" as ${idOf(state)}`),
    ...(region.initial === undefined ? [] : [`    [*] --> ${idOf(region.initial)}`]),
    ...states.flatMap(([state, { on = {} }]) =>
      Object.entries(on).flatMap(([event, transitions]) =>
        transitions.flatMap(({ target, guard }) =>
          target === undefined
            ? []
            : [`    ${idOf(state)} --> ${idOf(target)} : ${label(event)}${guard ? ` [${guard.type}]` : ''}`],
        ),
      ),
    ),
  ];
}

/** A key as an identifier; keys that would fall together keep apart by the code of what was replaced. */
function identifier(key: string): string {
  return key.replace(/[^A-Za-z0-9]/g, (letter) => (letter === '_' ? '__' : `_${letter.charCodeAt(0)}_`));
}

function label(text: string): string {
  return text.replace(/["\n;:{}]/g, ' ');
}
