import { resolve } from 'node:path';
import { type OperationsConfig, operationsConfigFrom } from './operations/operations.ts';

/** Settings of a running service; every one by option or environment variable. */
export interface ServiceConfig {
  /** Folder of the databases and the letter-box (`LINTEL_DATA`). */
  data: string;
  /** `LINTEL_PORT`; 0 takes a free one. */
  port: number;
  /** `LINTEL_HOST`. */
  host: string;
  /** Whether sample people and cases are made at the first start (`LINTEL_DEMO=1`). */
  demo: boolean;
  /** Whether the clock may be moved by request (`LINTEL_PREVIEW_CLOCK=1`). */
  previewClock: boolean;
  /** Configuration published at the first start (`LINTEL_CONFIGURATION`); by default the shipped one. */
  configuration: string | null;
  /** Seconds without a request after which an organisation, but for the first, is closed until it has something to do (`LINTEL_IDLE_SECONDS`). */
  idleSeconds: number;
  /** What the service does to look after itself; each by its own variable. */
  operations: OperationsConfig;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Defaults with the environment over them. */
export function configFrom(environment: Environment, overrides: Partial<ServiceConfig> = {}): ServiceConfig {
  const config: ServiceConfig = {
    data: environment.LINTEL_DATA ?? 'data',
    port: Number(environment.LINTEL_PORT ?? 8787),
    host: environment.LINTEL_HOST ?? '127.0.0.1',
    demo: environment.LINTEL_DEMO === '1',
    previewClock: environment.LINTEL_PREVIEW_CLOCK === '1',
    configuration: environment.LINTEL_CONFIGURATION ?? null,
    idleSeconds: Number(environment.LINTEL_IDLE_SECONDS ?? 900),
    operations: operationsConfigFrom(environment),
    ...overrides,
  };
  return { ...config, data: resolve(config.data) };
}
