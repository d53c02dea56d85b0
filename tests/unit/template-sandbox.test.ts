import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderChatTemplate } from '../../src/catalog/chat-template';
import type { Message } from '../../src/domain/engine';
import { FailureError } from '../../src/domain/failure';

const chat: readonly Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hello' },
];

function render(template: string, messages: readonly Message[] = chat): string {
  return renderChatTemplate(template, { messages, bosText: '<s>', eosText: '</s>' });
}

function refusal(template: string, messages?: readonly Message[]): string {
  try {
    const text = render(template, messages);
    throw new Error(`no refusal: ${text.slice(0, 100)}`);
  } catch (thrown) {
    if (!(thrown instanceof FailureError)) throw thrown;
    expect(thrown.failure.code).toBe('template-refused');
    return thrown.failure.detail;
  }
}

test('the ChatML template gives ChatML', () => {
  const template =
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}" +
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";
  expect(render(template)).toBe(
    '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n',
  );
});

test('what known templates use is there', () => {
  expect(render('{{ bos_token }}{{ messages|length }}{{ eos_token }}')).toBe('<s>2</s>');
  expect(render('{% for i in range(1, 7, 2) %}{{ i }}{% endfor %}{{ range(3)|length }}')).toBe('1353');
  expect(render("{{ strftime_now('%Y %d %b %%') }}")).toMatch(/^\d{4} \d\d [A-Z][a-z]{2} %$/);
  expect(render('{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{{ twice("a") }}')).toBe('aa');
  expect(
    render(
      '{% set ns = namespace(n=0) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}',
    ),
  ).toBe('2');
});

test('a template may refuse a conversation, and says why', () => {
  const template =
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system prompt') }}{% endif %}ok";
  expect(refusal(template)).toContain('no system prompt');
  expect(render(template, [{ role: 'user', content: 'Hello' }])).toBe('ok');
});

test.each([
  ['counts for ever', '{% for a in range(9000) %}{% for b in range(9000) %}{{ b }}{% endfor %}{% endfor %}'],
  ['counts too far at once', '{{ range(10 ** 12) }}'],
  ['calls itself', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}'],
  [
    'doubles a text',
    "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
  ],
  ['writes without end', "{% for i in range(10000) %}{{ 'x' * 1000 }}{{ messages|string * 50 }}{% endfor %}"],
  ['does not end', '{% for a in messages %}'],
  ['is no template', '{{ }} {% nothing %}'],
  ['climbs the prototypes', "{{ messages.constructor.constructor('return 1')() }}"],
  ['is enormous', 'x'.repeat(300_000)],
])('a template that %s is refused within seconds', (_, template) => {
  const before = performance.now();
  expect(refusal(template)).toMatch(/template/);
  expect(performance.now() - before).toBeLessThan(5000);
});

test('the page is not in reach', () => {
  for (const name of ['window', 'globalThis', 'self', 'fetch', 'process', 'document']) {
    expect(render(`{{ ${name} is defined }}`)).toBe('false');
  }
});

test('what a message holds is text, and no template', () => {
  fc.assert(
    fc.property(fc.string(), (content) => {
      const wrapped = `{{ 7 * 7 }}{% for %}${content}`;
      expect(render('{{ messages[0].content }}', [{ role: 'user', content: wrapped }])).toBe(wrapped);
    }),
  );
});

test('whatever the template, there is a text or a refusal', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      'for',
      'in',
      'messages',
      'range(9)',
      'endfor',
      'if',
      'endif',
      '|',
      'join',
    ),
    fc.constantFrom(
      'set',
      '=',
      '[',
      ']',
      '(',
      ')',
      '"',
      '.',
      'content',
      'macro',
      'endmacro',
      '~',
      '*',
      '-',
      '{#',
      '#}',
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        expect(typeof render(pieces.join(' '))).toBe('string');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(FailureError);
      }
    }),
    { numRuns: 500 },
  );
});

test('a template that takes a message’s parts alone is given parts', () => {
  const parts =
    "{% for message in messages %}{{ message['role'] | capitalize }}:{% for part in message['content'] %}" +
    "{% if part['type'] == 'text' %} {{ part['text'] }}{% endif %}{% endfor %};{% endfor %}";
  expect(render(parts)).toBe('System: Be brief.;User: Hello;');
  // Left out in silence, and not only where a text cannot be walked through.
  const silent = "{% for message in messages %}{{ message['content'][0]['text'] }};{% endfor %}";
  expect(render(silent)).toBe('Be brief.;Hello;');
});
