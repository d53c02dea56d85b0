/** A report: what compares is bold in it, what is an estimate says so, and what does not compare is said below. */

import { expect, test } from 'vitest';
import { compare, comparedMetrics, type ComparedLane, type MetricNames } from '../../src/domain/comparison';
import { summarise } from '../../src/domain/metrics';
import { reportHtml, reportMarkdown, type ReportWords } from '../../src/domain/report';

const words: ReportWords = {
  language: 'en',
  prompt: 'Prompt',
  metric: 'Metric',
  thinking: 'Thinking',
  made: 'Made.',
  metrics: Object.fromEntries(comparedMetrics.map(({ id }) => [id, id])) as MetricNames,
};

function lane(firstMs: number, part: Partial<ComparedLane>): ComparedLane {
  const chunks = [0, 10].map((after) => ({ atMs: firstMs + after, text: 'ab', tokens: 1 }));
  const metrics = summarise({ prefill: undefined, chunks });
  return { label: 'lane', tokenizer: 'one', end: 'stop', metrics, ...part };
}

function reportOf(...lanes: readonly ComparedLane[]) {
  const exchange = {
    prompt: 'Why?',
    answers: [],
    comparison: compare(lanes),
    notes: ['An estimate <b>from</b> a *wattage*.'],
  };
  return { title: 'A title', facts: [], exchanges: [exchange] };
}

const billed = lane(50, { label: 'a', cost: { dollars: 0.00005, estimated: false } });
const dearer = lane(100, { label: 'b', cost: { dollars: 0.0002, estimated: false } });
const estimated = lane(100, { label: 'b', cost: { dollars: 0.00002, estimated: true }, wattHours: 0.02 });

test('bills compare, and the lower is bold in both forms', () => {
  const report = reportOf(billed, dearer);
  expect(reportMarkdown(report, words)).toContain('| cost (US$) | **0.0000500** | 0.000200 |');
  expect(reportHtml(report, words)).toContain('<td class="best">0.0000500</td><td>0.000200</td>');
});

test('an estimate is marked as one and beats no bill; latencies compare all the same', () => {
  const report = reportOf(billed, estimated);
  const markdown = reportMarkdown(report, words);
  expect(markdown).toContain('| cost (US$) | 0.0000500 | ≈ 0.0000200 |');
  expect(markdown).toContain('| energy (Wh) | – | ≈ 0.0200 |');
  expect(markdown).toContain('| ttft (ms) | **50** | 100 |');
  expect(reportHtml(report, words)).toContain('<td>0.0000500</td><td>≈ 0.0000200</td>');
});

test('what is said of the table stands below it, as text that is no markup', () => {
  const report = reportOf(billed, estimated);
  const markdown = reportMarkdown(report, words);
  expect(markdown).toContain('An estimate \\<b\\>from\\</b\\> a \\*wattage\\*.');
  expect(markdown.indexOf('An estimate')).toBeGreaterThan(markdown.indexOf('| cost'));
  expect(reportHtml(report, words)).toContain(
    '<p class="note">An estimate &lt;b&gt;from&lt;/b&gt; a *wattage*.</p>',
  );
});
