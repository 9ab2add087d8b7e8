import type { CaseEventPayloads } from '../../../schemas/case-event.ts';
import type { RenderedMessage } from '../notify/render-message.ts';

/** A rendered message on its way out. */
export interface Outgoing {
  id: string;
  caseId: string;
  task: string | null;
  attempts: number;
  createdAt: number;
  now: number;
  message: CaseEventPayloads['messageQueued'];
  rendered: RenderedMessage;
}

/** What the provider said when it took a message. */
export interface Receipt {
  reference: string;
  /** The provider's own word for where it stands. */
  status?: string;
}

/** One way out. Throws a DeliveryFailure when it will not work however often it is tried, anything else to be tried again. */
export interface Channel {
  send(outgoing: Outgoing): Promise<Receipt>;
}

/** Trying again would change nothing: a wrong address, a refused template. */
export class DeliveryFailure extends Error {}

/** The provider asks to come back later. */
export class ComeBackLater extends Error {
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}
