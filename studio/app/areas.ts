import {
  IconArrowsSplit2,
  IconBell,
  IconBooks,
  IconBriefcase,
  IconBuildingCommunity,
  IconCalendar,
  IconChartBar,
  IconChecklist,
  IconClipboardList,
  IconFileText,
  IconForms,
  IconGavel,
  IconHeartHandshake,
  IconHelpCircle,
  IconListCheck,
  IconMail,
  IconMessageReport,
  IconPackages,
  IconPhone,
  IconRocket,
  IconRoute,
  IconSettings,
  IconStairsUp,
  IconTestPipe,
  IconTools,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { DocumentKind } from '../../schemas/configuration.ts';

/** One maintenance area: what people know it as, and the documents it lists. */
export interface Area {
  slug: string;
  title: string;
  /** Singular, for "New ..." and "No ... yet". */
  one: string;
  icon: typeof IconRoute;
  kinds: DocumentKind[];
  /** Workflow categories, where one kind of document has several areas. */
  categories?: string[];
  purpose: string;
}

const workflow: DocumentKind[] = ['workflow'];

export const areas: readonly Area[] = [
  {
    slug: 'workflows',
    title: 'Workflows',
    one: 'workflow',
    icon: IconRoute,
    kinds: workflow,
    categories: ['housing-options', 'general'],
    purpose: 'The routes that enquiries take: tasks, links, targets and owners.',
  },
  {
    slug: 'support-types',
    title: 'Support types',
    one: 'support type',
    icon: IconHeartHandshake,
    kinds: workflow,
    categories: ['support-assessment', 'support-plan'],
    purpose: 'Support assessments and the plans they lead to.',
  },
  {
    slug: 'service-types',
    title: 'Service types and action plans',
    one: 'service type',
    icon: IconTools,
    kinds: ['service-type', 'workflow'],
    categories: ['action-plan'],
    purpose: 'Kinds of services resource, each with its action plan.',
  },
  {
    slug: 'tasks',
    title: 'Tasks',
    one: 'task',
    icon: IconChecklist,
    kinds: ['task'],
    purpose: 'Reusable definitions of work: targets, owners, fields, outcomes.',
  },
  {
    slug: 'forms',
    title: 'Forms',
    one: 'form',
    icon: IconForms,
    kinds: ['form'],
    purpose: 'Enquiry forms that customers fill in.',
  },
  {
    slug: 'questions',
    title: 'Questions and topics',
    one: 'question',
    icon: IconHelpCircle,
    kinds: ['question', 'topic'],
    purpose: 'Questions shared by forms, and the tree of enquiry topics.',
  },
  {
    slug: 'advice',
    title: 'Advice',
    one: 'statement',
    icon: IconFileText,
    kinds: ['advice'],
    purpose: 'The statement bank: what packs are made of.',
  },
  {
    slug: 'provisions',
    title: 'Provisions',
    one: 'provision',
    icon: IconGavel,
    kinds: ['provision'],
    purpose: 'Pieces of law that other documents cite.',
  },
  {
    slug: 'ladders',
    title: 'Escalation ladders',
    one: 'ladder',
    icon: IconStairsUp,
    kinds: ['ladder'],
    purpose: 'Who hears when a target is near or missed.',
  },
  {
    slug: 'templates',
    title: 'Templates',
    one: 'template',
    icon: IconMail,
    kinds: ['template'],
    purpose: 'Texts of messages and letters.',
  },
  {
    slug: 'calendars',
    title: 'Calendars',
    one: 'calendar',
    icon: IconCalendar,
    kinds: ['calendar'],
    purpose: 'Working time, closures and bank holidays.',
  },
  {
    slug: 'teams',
    title: 'Teams and agencies',
    one: 'team',
    icon: IconUsersGroup,
    kinds: ['team', 'agency'],
    purpose: 'Roles, groups and partners to signpost.',
  },
  {
    slug: 'tests',
    title: 'Tests',
    one: 'test',
    icon: IconTestPipe,
    kinds: ['test'],
    purpose: 'Saved cases with what they must lead to.',
  },
  {
    slug: 'settings',
    title: 'Settings',
    one: 'settings',
    icon: IconSettings,
    kinds: ['settings'],
    purpose: 'The organisation: name, zone, languages, publish rules.',
  },
];

/** The navigation's groups, in the order people meet them. */
export const navigation = [
  {
    title: 'Casework',
    links: [
      { to: '/worklist', title: 'Worklist', icon: IconListCheck },
      { to: '/cases', title: 'Cases', icon: IconBriefcase },
      { to: '/customers', title: 'Customers', icon: IconUsers },
      { to: '/resources', title: 'Resources', icon: IconPackages },
      { to: '/messages', title: 'Messages', icon: IconBell },
      { to: '/reports', title: 'Reports', icon: IconChartBar },
    ],
  },
  { title: 'Design', links: areas.slice(0, 6).map(toLink) },
  {
    title: 'Advise and escalate',
    links: [...areas.slice(6, 10).map(toLink), { to: '/preview', title: 'Advice preview', icon: IconMessageReport }],
  },
  {
    title: 'Organisation',
    links: [...areas.slice(10).map(toLink), { to: '/releases', title: 'Releases', icon: IconRocket }],
  },
] as const;

export const kindIcons: Readonly<Record<DocumentKind, typeof IconRoute>> = {
  workflow: IconRoute,
  task: IconChecklist,
  form: IconForms,
  question: IconHelpCircle,
  topic: IconArrowsSplit2,
  advice: IconFileText,
  provision: IconGavel,
  agency: IconPhone,
  ladder: IconStairsUp,
  template: IconMail,
  calendar: IconCalendar,
  team: IconUsersGroup,
  'service-type': IconBooks,
  settings: IconBuildingCommunity,
  test: IconClipboardList,
};

function toLink(area: Area) {
  return { to: `/library/${area.slug}`, title: area.title, icon: area.icon };
}
