import { findCycleGroups } from '../cycle-groups.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** Topics make a tree whose leaves lead to workflows a customer may start. */
export const topicTree = defineRule({
  name: 'topic-tree',
  kind: 'topic',
  reads: ['topic', 'workflow'],
  codes: [
    {
      code: 'TOPIC_CYCLE',
      severity: 'error',
      means: 'Topics stand below each other in a circle, so that nobody can choose them.',
      cure: 'Move one of them to the top.',
      fixed: true,
    },
    {
      code: 'TOPIC_WITHOUT_WORKFLOW',
      severity: 'warning',
      means: 'A topic at the end of the tree leads to no workflow: who chooses it gets no form.',
      cure: 'Name the workflow it leads to, or put topics below it.',
    },
    {
      code: 'TOPIC_INTERNAL_WORKFLOW',
      severity: 'warning',
      means: 'A topic that customers see leads to a workflow that is not for customers.',
      cure: 'Open the workflow to customers or lead to another.',
    },
  ],
  check: (topic, { configuration, documents }) => {
    const topics = documents('topic');
    const links = topics.flatMap(({ key, parent }) => (parent === undefined ? [] : [{ from: parent, to: key }]));
    const cycle = findCycleGroups(
      topics.map(({ key }) => key),
      links,
    ).find(({ cycle: [first] }) => first === topic.key);
    const own = (code: string, severity: 'error' | 'warning', path: string[], message: string): RuleFinding => ({
      code,
      severity,
      path,
      values: { topic: topic.key },
      message,
    });
    if (cycle) {
      const message = `These topics stand below each other: ${[...cycle.cycle, topic.key].join(' -> ')}. Move one of them to the top.`;
      const fix = { type: 'setDocumentField' as const, kind: 'topic' as const, key: topic.key, path: ['parent'] };
      return [{ ...own('TOPIC_CYCLE', 'error', ['parent'], message), fix }];
    }
    const workflow = topic.workflow === undefined ? undefined : configuration.workflow[topic.workflow];
    if (workflow?.audience === 'internal') {
      const message = `Topic ${topic.key} leads to ${workflow.key}, which is not for customers. Open it to customers or lead to another.`;
      return [own('TOPIC_INTERNAL_WORKFLOW', 'warning', ['workflow'], message)];
    }
    const isLeaf = !topics.some(({ parent }) => parent === topic.key);
    if (topic.workflow !== undefined || !isLeaf) return [];
    const message = `Topic ${topic.key} leads to no workflow: who chooses it gets no form. Name the workflow, or put topics below it.`;
    return [own('TOPIC_WITHOUT_WORKFLOW', 'warning', [], message)];
  },
});
