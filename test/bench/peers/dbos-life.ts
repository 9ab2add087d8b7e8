import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { LIFE_TASKS } from '../support/case-life-configuration.ts';
import { loadPackage } from './packages.ts';

// The case's life as a DBOS workflow on the PostgreSQL of the first argument, behind an HTTP server that prints its port.
interface Dbos {
  setConfig(config: Record<string, unknown>): void;
  launch(): Promise<void>;
  shutdown(): Promise<void>;
  registerWorkflow<T>(workflow: T, config: { name: string }): T;
  startWorkflow(workflow: unknown, params: { workflowID: string }): () => Promise<unknown>;
  send(workflow: string, message: unknown, topic: string): Promise<void>;
  recv(topic: string, options: { timeoutSeconds: number }): Promise<unknown>;
  sleep(milliseconds: number): Promise<void>;
  retrieveWorkflow(id: string): { getResult(): Promise<number> };
}

const { DBOS } = loadPackage<{ DBOS: Dbos }>('@dbos-inc/dbos-sdk');
DBOS.setConfig({ name: 'life', systemDatabaseUrl: process.argv[2], logLevel: 'error', runAdminServer: false });
const life = DBOS.registerWorkflow(
  async () => {
    for (const task of LIFE_TASKS) {
      if (task === 't06') await DBOS.sleep(1000);
      await DBOS.recv(task, { timeoutSeconds: 600 });
    }
    return LIFE_TASKS.length + 2;
  },
  { name: 'life' },
);
await DBOS.launch();

const server = createServer(async (request, response) => {
  const answer = await handle(request.method === 'POST' ? await json(request) : null, request.url ?? '');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port));

/** `/launch/ID`, `/complete/ID` with the task, `/close/ID`. */
async function handle(task: unknown, url: string): Promise<unknown> {
  const [, action, id = ''] = url.split('/');
  if (action === 'launch') await DBOS.startWorkflow(life, { workflowID: id })();
  else if (action === 'complete') await DBOS.send(id, true, String(task));
  else return await DBOS.retrieveWorkflow(id).getResult();
  return true;
}
