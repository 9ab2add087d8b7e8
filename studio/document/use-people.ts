import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import { directoryQuery } from '../api/queries.ts';
import { type Directory, sampleDirectory } from './time-engine.ts';

/** The organisation's people with their absences and working terms; one sample person a team until there is anybody. */
export function usePeople(configuration: Configuration): { directory: Directory; isSample: boolean } {
  const { data } = useQuery(directoryQuery);
  return useMemo(() => {
    const users = data?.users as Directory['users'] | undefined;
    const isSample = !users || Object.keys(users).length === 0;
    return { directory: isSample ? sampleDirectory(configuration) : { users }, isSample };
  }, [data, configuration]);
}

/** Names of people by user id. */
export function namesOf({ users }: Directory): Record<string, string> {
  return Object.fromEntries(Object.entries(users).map(([id, { name }]) => [id, name]));
}
