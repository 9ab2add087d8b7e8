import { type BenchService, startBenchService } from './bench-service.ts';
import type { Promised } from './case-life-configuration.ts';
import type { Runtime } from './live-cases.ts';

/** Lintel itself, over its API: an enquiry launches a case, a command completes a task, the last completion closes it. */
export async function startLintel(options: {
  data?: string;
  promised: Promised;
}): Promise<Omit<Runtime, 'usage'> & Pick<BenchService, 'usage'>> {
  const service = await startBenchService(options);
  const revisions = new Map<string, number>();
  return {
    async launch(name, n) {
      const enquiry = { workflow: 'LIFE', answers: { age: 30 + (n % 40) }, customer: { name: `Person ${name}` } };
      return ((await service.post('/v1/enquiries', enquiry, `${name}-launch`)) as { caseId: string }).caseId;
    },
    async complete(id, task, name) {
      const command = { type: 'completeTask', task };
      const answer = (await service.post(`/v1/cases/${id}/commands`, { command }, name)) as { revision?: number };
      if (answer.revision === undefined) {
        if (task === 't06') return null;
        throw new Error(`${task} of ${id} was refused: ${JSON.stringify(answer)}`);
      }
      revisions.set(id, answer.revision);
      return answer.revision;
    },
    async close(id) {
      const told = revisions.get(id) ?? 0;
      revisions.delete(id);
      return told;
    },
    usage: (question) => service.usage(question),
    stop: () => service.stop(),
  };
}
