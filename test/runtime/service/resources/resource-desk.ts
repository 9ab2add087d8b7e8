import { expect } from 'vitest';
import { nextWake } from '../../../../runtime/service/timers/ticker.ts';
import type { ResourcePage } from '../../../../schemas/resource-api.ts';
import type { Reply, TestService } from '../support/service.ts';

export const answers = { course: ['saving_energy'], childcare: 'no', access: ['none'], daytime: 'yes' };
export const dates = { startsOn: '2027-01-11', endsOn: '2027-01-29' };

/** What an officer does with resources, over the API. */
export class Desk {
  readonly test: TestService;
  constructor(test: TestService) {
    this.test = test;
  }

  async create(more: object = {}): Promise<{ resourceId: string; reference: string; planCase: string }> {
    const body = { serviceType: 'TRAINING', title: 'English for work', inCatalogue: true, ...dates, ...more };
    const reply = await this.test.call('POST', '/v1/resources', body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body;
  }

  send(resource: string, command: object, headers?: Record<string, string>): Promise<Reply> {
    return this.test.call('POST', `/v1/resources/${resource}/commands`, { command }, headers);
  }

  async must(
    resource: string,
    command: object,
  ): Promise<{ revision: number; events: { type: string; id?: string }[] }> {
    const reply = await this.send(resource, command);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    return reply.body;
  }

  async page(resource: string): Promise<ResourcePage> {
    const reply = await this.test.call('GET', `/v1/resources/${resource}`);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    return reply.body;
  }

  async interested(
    resource: string,
    name: string,
    more: object = {},
  ): Promise<{ interestId: string; customer: string; secret: string }> {
    const body = { resource, customer: { name }, answers, ...more };
    const reply = await this.test.call('POST', '/v1/interests', body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body;
  }

  async matched(resource: string, interest: string): Promise<string> {
    const { events } = await this.must(resource, { type: 'matchInterest', interest });
    return events.find(({ type }) => type === 'interestMatched')?.id ?? '';
  }

  /** An open offer to a new customer. */
  async offered(
    resource: string,
    name: string,
  ): Promise<{ offer: string; interest: string; customer: string; secret: string }> {
    const { interestId: interest, customer, secret } = await this.interested(resource, name);
    const { events } = await this.must(resource, { type: 'makeOffer', match: await this.matched(resource, interest) });
    const offer = events.find(({ type }) => type === 'offerMade')?.id ?? '';
    expect(offer).not.toBe('');
    return { offer, interest, customer, secret };
  }

  /** Works every key action of the resource's plan until it is ready. */
  async makeReady(resource: string): Promise<void> {
    const { plan } = await this.page(resource);
    for (let turn = 0; turn < 60; turn++) {
      if ((await this.page(resource)).resource.ready) return;
      const found = await this.test.call('GET', `/v1/cases/${plan.case}`);
      const workable = found.body.tasks.find((task: { id: string; state: string }) =>
        found.body.allowed.tasks[task.id]?.some((type: string) => type === 'startTask' || type === 'completeTask'),
      );
      if (workable) await this.work(plan.case, workable);
      else await this.wait();
    }
    throw new Error('the plan did not become complete');
  }

  /** Lets time pass to whatever comes next. */
  private async wait(): Promise<void> {
    const { clock, organisation, ticker } = this.test.service;
    const wake = await nextWake(organisation);
    expect(wake, 'something is to come').not.toBeNull();
    clock.set(wake ?? 0);
    await ticker.runOnce('due');
  }

  private async work(planCase: string, task: { id: string; node: string; state: string }): Promise<void> {
    if (task.state === 'ready') await this.onCase(planCase, { type: 'startTask', task: task.id });
    const { configuration } = await this.test.service.organisation.releases.newest();
    const node = configuration.workflow.TR?.nodes[task.node];
    const document = node?.type === 'task' ? configuration.task[node.task] : undefined;
    const outcome = Object.keys(document?.outcomes ?? {})[0];
    await this.onCase(planCase, { type: 'completeTask', task: task.id, ...(outcome ? { outcome } : {}) });
  }

  async onCase(id: string, command: object): Promise<void> {
    const reply = await this.test.call('POST', `/v1/cases/${id}/commands`, { command });
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  }
}
