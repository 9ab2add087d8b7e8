import { LIFE_TASKS } from '../support/case-life-configuration.ts';
import { loadPackage } from './packages.ts';

// The case's life as a Restate workflow, served to the Restate server on the port of the first argument.
interface Context {
  promise(name: string): PromiseLike<unknown> & { resolve(value: unknown): Promise<void> };
  sleep(milliseconds: number): Promise<void>;
}

interface RestateSdk {
  workflow(definition: { name: string; handlers: Record<string, unknown> }): unknown;
  serve(options: { services: unknown[]; port: number }): Promise<number>;
}

// Its SDK asks for Node 22; this is all of it that it uses.
Object.assign(Promise, {
  withResolvers() {
    let handles = {};
    const promise = new Promise((resolve, reject) => {
      handles = { resolve, reject };
    });
    return { promise, ...handles };
  },
});

const restate = loadPackage<RestateSdk>('@restatedev/restate-sdk');
const life = restate.workflow({
  name: 'Life',
  handlers: {
    async run(context: Context) {
      for (const task of LIFE_TASKS) {
        if (task === 't06') await context.sleep(1000);
        await context.promise(task);
      }
      return LIFE_TASKS.length + 2;
    },
    async complete(context: Context, task: string) {
      await context.promise(task).resolve(true);
      return true;
    },
  },
});
await restate.serve({ services: [life], port: Number(process.argv[2]) });
process.send?.('ready');
