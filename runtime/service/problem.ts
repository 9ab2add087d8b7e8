import type { Finding } from '../../schemas/finding.ts';

export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;

export interface ProblemDetails {
  pointer?: string;
  findings?: readonly Finding[];
  allowed?: unknown;
  headers?: Readonly<Record<string, string>>;
  cause?: unknown;
}

/** A refusal in RFC 9457 terms: thrown anywhere in the service, answered as problem+json with a stable code. */
export class Problem extends Error {
  readonly status: ProblemStatus;
  readonly code: string;
  readonly details: ProblemDetails;

  constructor(status: ProblemStatus, code: string, detail: string, details: ProblemDetails = {}) {
    super(detail, details.cause === undefined ? {} : { cause: details.cause });
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

const titles: Record<ProblemStatus, string> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'Not permitted',
  404: 'Not found',
  405: 'This method is not offered here',
  409: 'The present state refuses this',
  412: 'Somebody else changed it',
  413: 'The body is too large',
  415: 'Wrong type of body',
  422: 'The request is not valid',
  428: 'A precondition is needed',
  429: 'Too many requests',
  500: 'The service made a mistake',
  503: 'Not available now',
};

/** The answer of a problem. Never a stack, never a raw parser error. */
export function toProblemResponse(problem: Problem, requestId?: string): Response {
  const { pointer, findings, allowed, headers } = problem.details;
  const body = {
    type: `/v1/problems/${problem.code}`,
    title: titles[problem.status],
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(findings === undefined ? {} : { findings }),
    ...(allowed === undefined ? {} : { allowed }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
