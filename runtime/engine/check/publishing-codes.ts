import type { FindingCode } from './rule.ts';

/** Codes that only the service can say: it knows the open cases and the people, and runs the saved tests. */
export const publishingCodes: readonly FindingCode[] = [
  {
    code: 'OPTION_REMOVED',
    severity: 'warning',
    means: 'An option goes while answers of open cases hold it, so that those cases cannot move to the release.',
    cure: 'Put the option back, correct the answers, or leave those cases under their release.',
    fixed: true,
  },
  {
    code: 'TEAM_EMPTY',
    severity: 'info',
    means: 'Owner rules or ladders turn to a role or a group of which nobody is a member.',
    cure: 'Add a member, or name others.',
  },
  {
    code: 'TEST_FAILED',
    severity: 'warning',
    means: 'A saved test fails with this configuration.',
    cure: 'Put the configuration or the test right.',
  },
];
