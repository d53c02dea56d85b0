/** What chat templates of several kinds make of the choice how much to think, and what is said of it afterwards. */

import { describe, expect, test } from 'vitest';
import { renderChatTemplate } from '../../src/catalog/chat-template';
import { defaultSampling } from '../../src/domain/conversation';
import type { EngineId, GenerateRequest, Message, ThinkingEffort } from '../../src/domain/engine';
import { thinkingPrompt, type TemplateVariables } from '../../workers/engines/thinking-prompt';

const messages: readonly Message[] = [{ role: 'user', content: 'Why?' }];
const turns = '{% for message in messages %}<{{ message.role }}>{{ message.content }}{% endfor %}<assistant>';

const templates = {
  plain: turns,
  /** Thinks unless it is told not to, by an empty thought. */
  switched: `${turns}{% if enable_thinking is defined and enable_thinking is false %}<think>\n\n</think>\n\n{% endif %}`,
  /** Thinks only where it is asked to. */
  asked: `{% if thinking %}Think first. {% endif %}${turns}`,
  graded: `{% if reasoning_effort is not defined %}{% set reasoning_effort = 'medium' %}{% endif %}Reasoning: {{ reasoning_effort }}. ${turns}`,
  /** Opens the thinking itself and takes no choice. */
  always: `${turns}<think>\n`,
} as const;

function put(
  template: keyof typeof templates,
  thinking: ThinkingEffort | undefined,
  change: Partial<GenerateRequest> = {},
  engine: EngineId = 'wllama',
) {
  const render = (given: readonly Message[], variables: TemplateVariables) =>
    renderChatTemplate(templates[template], { messages: given, bosText: '', eosText: '', variables });
  const request: GenerateRequest = {
    prompt: { kind: 'chat', messages },
    sampling: { ...defaultSampling, ...(thinking !== undefined && { thinking }) },
    ignoreEndOfSequence: false,
    ...change,
  };
  return thinkingPrompt(request, engine, render) ?? expect.fail('a chat has a text');
}

const start = '<user>Why?<assistant>';

describe('a template', () => {
  test.each([
    ['plain', undefined, start],
    ['plain', 'high', start],
    ['switched', undefined, start],
    ['switched', 'off', `${start}<think>\n\n</think>\n\n`],
    ['switched', 'medium', start],
    ['asked', undefined, start],
    ['asked', 'low', `Think first. ${start}`],
    ['asked', 'off', start],
    ['graded', undefined, `Reasoning: medium. ${start}`],
    ['graded', 'high', `Reasoning: high. ${start}`],
    // It knows no "off": nothing is made up for it.
    ['graded', 'off', `Reasoning: medium. ${start}`],
  ] as const)('%s, asked for %s', (template, effort, text) => {
    expect(put(template, effort).text).toBe(text);
  });

  test.each([
    ['plain', undefined, []],
    ['plain', 'high', ['thinking']],
    ['switched', 'low', ['thinking.low']],
    ['asked', 'high', ['thinking.high']],
    ['graded', 'low', []],
    ['graded', 'medium', []],
    ['graded', 'high', []],
    ['always', 'low', ['thinking']],
  ] as const)('%s, asked for %s, leaves out %j', (template, effort, names) => {
    expect(put(template, effort).ignored()).toEqual(names);
  });

  test('that is told not to think is taken at its answer', () => {
    const quiet = put('plain', 'off');
    quiet.apart.push('42');
    expect(quiet.ignored()).toEqual([]);
    const loud = put('always', 'off');
    loud.apart.push('Hm.</think>42');
    expect(loud.ignored()).toEqual(['thinking']);
  });

  test('that opens the thinking lets the answer begin inside it', () => {
    expect(put('always', undefined).apart.push('Hm.')).toMatchObject({ thinking: 'Hm.', answer: '' });
    expect(put('plain', undefined).apart.push('Hm.')).toMatchObject({ thinking: '', answer: 'Hm.' });
  });
});

describe('an answer that is held to a schema', () => {
  const schema = { jsonSchema: '{"type":"object"}' };

  test('is not thought about, and all of it is answer', () => {
    const { text, apart, ignored } = put('switched', 'high', schema);
    expect(text).toBe(`${start}<think>\n\n</think>\n\n`);
    expect(apart.push('{"a":"<think>"}')).toMatchObject({ thinking: '', answer: '{"a":"<think>"}' });
    expect(ignored()).toEqual(['thinking']);
    expect(put('switched', undefined, schema).ignored()).toEqual([]);
    expect(put('always', undefined, schema).apart.push('{}')).toMatchObject({ answer: '{}' });
  });

  test('is thought about where the engine cannot hold it', () => {
    expect(put('switched', undefined, schema, 'transformers-js').text).toBe(start);
    const free = put('always', 'low', schema, 'transformers-js');
    expect(free.apart.push('Hm.</think>{}')).toMatchObject({ thinking: 'Hm.', answer: '{}' });
  });
});

test('token ids are put as they are', () => {
  const request = { prompt: { kind: 'tokens' as const, tokens: [1, 2] }, sampling: defaultSampling };
  expect(thinkingPrompt(request, 'wllama', () => expect.fail('a template was run'))).toBeUndefined();
});
