import { queryOptions } from '@tanstack/react-query';
import type { AttachmentView, CaseScheduleView, CustomerPage, SearchAnswer } from '../../schemas/case-api.ts';
import { newIdempotencyKey, request } from './client.ts';

const path = (...parts: string[]) => `/v1/${parts.map(encodeURIComponent).join('/')}`;

export const attachmentsQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'attachments'],
    queryFn: async () =>
      (await request<{ attachments: AttachmentView[] }>(path('cases', caseId, 'attachments'))).body.attachments,
  });

/** Sends a document as it is; the server looks at its content. Throws ApiProblem. */
export async function uploadDocument(caseId: string, file: File): Promise<void> {
  await request(`${path('cases', caseId, 'attachments')}?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { 'Idempotency-Key': newIdempotencyKey() },
  });
}

export const scheduleQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'schedule'],
    queryFn: async () => (await request<CaseScheduleView>(path('cases', caseId, 'schedule'))).body,
  });

export const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ['search', text],
    queryFn: async () => (await request<SearchAnswer>(`/v1/search?q=${encodeURIComponent(text)}`)).body,
    enabled: text.trim().length >= 2,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: async () => (await request<CustomerPage>(path('customers', id))).body,
  });

/** Merges a duplicate into the customer that stays. Throws ApiProblem. */
export async function mergeCustomer(id: string, into: string, reason: string): Promise<void> {
  await request(path('customers', id, 'merge'), {
    method: 'POST',
    body: { into, reason },
    headers: { 'Idempotency-Key': newIdempotencyKey() },
  });
}
