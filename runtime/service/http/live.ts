import { Problem } from '../problem.ts';
import type { Feed, FeedEvent } from './feed.ts';

const MOST_CONNECTIONS = 5000;
/** A reader that lets so many messages lie is cut off; with Last-Event-ID it comes back to where it was. */
const MOST_WAITING = 1000;
const RETRY_MS = 2000;
const BEAT_MS = 15_000;
const CATCH_UP = 500;

/** Open streams of server-sent events, so that a stop can end them and a metric can count them. */
export interface LiveStreams {
  /** Streams the events of one case, from after `lastId`, or from now. */
  ofCase(stream: string, lastId: number | null): Promise<Response>;
  /** Says at most once a second that a worklist may have changed. */
  ofWork(lastId: number | null): Promise<Response>;
  count(): number;
  /** Ends every stream; the client is told when to come back. */
  close(): void;
}

export function createLiveStreams(feed: Feed): LiveStreams {
  const open = new Set<Connection>();
  const beat = setInterval(() => {
    for (const one of open) one.send(': beat\n\n');
  }, BEAT_MS);
  beat.unref();
  const connect = (begin: (connection: Connection) => Promise<() => void>): Response => {
    if (open.size >= MOST_CONNECTIONS)
      throw new Problem(503, 'TOO_MANY_STREAMS', 'Too many live connections are open; try again in a moment.', {
        headers: { 'retry-after': '5' },
      });
    return respond((connection) => {
      open.add(connection);
      connection.onEnd(() => open.delete(connection));
      return begin(connection);
    });
  };
  return {
    async ofCase(stream, lastId) {
      return connect((connection) => followCase(feed, connection, stream, lastId ?? feed.position()));
    },
    async ofWork(lastId) {
      return connect((connection) => followWork(feed, connection, lastId ?? feed.position()));
    },
    count: () => open.size,
    close() {
      clearInterval(beat);
      for (const one of open) one.end();
    },
  };
}

/** One client's stream. */
interface Connection {
  send(text: string): void;
  end(): void;
  onEnd(hear: () => void): void;
}

function respond(begin: (connection: Connection) => Promise<() => void>): Response {
  const encoder = new TextEncoder();
  const ends: (() => void)[] = [];
  let isOver = false;
  const over = () => {
    if (isOver) return;
    isOver = true;
    for (const hear of ends) hear();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const connection: Connection = {
          send(text) {
            if (isOver) return;
            controller.enqueue(encoder.encode(text));
            if ((controller.desiredSize ?? 0) <= 0) connection.end();
          },
          end() {
            if (isOver) return;
            over();
            controller.close();
          },
          onEnd: (hear) => void ends.push(hear),
        };
        connection.send(`retry: ${RETRY_MS}\n\n`);
        ends.push(await begin(connection));
        if (isOver) for (const hear of ends) hear();
      },
      cancel: over,
    },
    new CountQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

async function followCase(feed: Feed, connection: Connection, stream: string, from: number): Promise<() => void> {
  let told = from;
  const tell = (events: readonly FeedEvent[]) => {
    for (const { position, stream: of, seq, type, at } of events) {
      if (of !== stream || position <= told) continue;
      told = position;
      connection.send(`id: ${position}\nevent: case\ndata: ${JSON.stringify({ seq, type, at })}\n\n`);
    }
  };
  // Heard first, read second: what is committed in between is told once, in order.
  const waiting: FeedEvent[] = [];
  let isCaughtUp = false;
  const stop = feed.listen((events) => (isCaughtUp ? tell(events) : waiting.push(...events)));
  for (let page = await feed.after(told, CATCH_UP, stream); page.length > 0; ) {
    tell(page);
    page = page.length < CATCH_UP ? [] : await feed.after(told, CATCH_UP, stream);
  }
  isCaughtUp = true;
  tell(waiting);
  return stop;
}

async function followWork(feed: Feed, connection: Connection, from: number): Promise<() => void> {
  let told = from;
  let timer: NodeJS.Timeout | null = null;
  const tell = () => {
    timer = null;
    told = feed.position();
    connection.send(`id: ${told}\nevent: worklist\ndata: {}\n\n`);
  };
  const stop = feed.listen(() => {
    timer ??= setTimeout(tell, 1000);
    timer.unref();
  });
  if (from < feed.position()) tell();
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
}
