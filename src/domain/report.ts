/**
 * A comparison as a document of its own: prompts, answers, figures, and what computed them. Markdown for where people
 * write, HTML for where they read: one file, no script, nothing that is fetched.
 */

import { comparisonMarkdown, shownValue, type Comparison, type MetricNames } from './comparison';
import type { ImagePart } from './engine';
import { dataUrlOf } from './images';

export interface ReportedAnswer {
  /** "1 · Pocket q8 · WASM". */
  readonly label: string;
  /** As the model gave it: untrusted. */
  readonly text: string;
  readonly thinking?: string;
  /** How it ended, where that is not by itself. */
  readonly note?: string;
}

/** An image with the words that stand for it. */
export interface ReportedImage extends Pick<ImagePart, 'mediaType' | 'base64' | 'width' | 'height'> {
  readonly alt: string;
}

export interface ReportedExchange {
  readonly prompt: string;
  readonly images?: readonly ReportedImage[];
  readonly answers: readonly ReportedAnswer[];
  /** Undefined where nothing was measured. */
  readonly comparison: Comparison | undefined;
  /** What of the table does not compare, and where its figures come from. */
  readonly notes?: readonly string[];
}

export interface Report {
  readonly title: string;
  /** Name and value: machine, browser, engines, parameters. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly exchanges: readonly ReportedExchange[];
}

/** The words around it, in the reader's language. */
export interface ReportWords {
  readonly language: string;
  readonly prompt: string;
  readonly metric: string;
  readonly thinking: string;
  readonly made: string;
  readonly metrics: MetricNames;
}

export function reportMarkdown(report: Report, words: ReportWords): string {
  const facts = report.facts.map(([name, value]) => `- ${oneLine(name)}: ${oneLine(value)}`);
  const exchanges = report.exchanges.flatMap(({ prompt, images = [], answers, comparison, notes }, index) => [
    `## ${words.prompt} ${index + 1}`,
    ...images.map(({ alt }, at) => `![${oneLine(alt)}][${imageLabel(index, at)}]`),
    fenced(prompt),
    ...answers.flatMap(({ label, text, thinking, note }) => [
      `### ${oneLine(label)}`,
      ...(thinking === undefined ? [] : [`${words.thinking}:`, fenced(thinking)]),
      fenced(text),
      ...(note === undefined ? [] : [`*${oneLine(note)}*`]),
    ]),
    ...(comparison === undefined ? [] : [comparisonMarkdown(comparison, words.metrics, words.metric)]),
    ...(notes ?? []).map(oneLine),
  ]);
  // At the end, where their length is in nobody's way.
  const images = report.exchanges.flatMap(({ images: shown = [] }, index) =>
    shown.map((image, at) => `[${imageLabel(index, at)}]: ${dataUrlOf(image)}`),
  );
  const parts = [`# ${oneLine(report.title)}`, facts.join('\n'), ...exchanges, words.made, ...images];
  return parts.join('\n\n') + '\n';
}

function imageLabel(exchange: number, image: number): string {
  return `image-${exchange + 1}-${image + 1}`;
}

export function reportHtml(report: Report, words: ReportWords): string {
  const facts = report.facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`);
  const exchanges = report.exchanges.map(
    ({ prompt, images = [], answers, comparison, notes = [] }, index) => `<section>
<h2>${escaped(words.prompt)} ${index + 1}</h2>
${images.map(imageHtml).join('\n')}
<pre class="prompt" dir="auto">${escaped(prompt)}</pre>
<div class="answers">
${answers.map((answer) => answerHtml(answer, words)).join('\n')}
</div>
${comparison === undefined ? '' : tableHtml(comparison, words)}
${notes.map((note) => `<p class="note">${escaped(note)}</p>`).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="${escaped(words.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(report.title)}</h1>
<dl>${facts.join('\n')}</dl>
${exchanges.join('\n')}
<p class="made">${escaped(words.made)}</p>
</main>
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: auto; padding: 1rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.2rem 1rem; }
dt { opacity: 0.75; } dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
.prompt { padding: 0.6rem 0.8rem; border-inline-start: 3px solid; }
img { display: block; max-width: 100%; max-height: 24rem; width: auto; height: auto; margin: 0 0 0.6rem; background: white; }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1rem; margin: 1rem 0; }
article { padding: 0.8rem; border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 0.4rem; }
h3 { margin: 0 0 0.4rem; font-size: 1rem; }
.note, .made, summary { opacity: 0.75; font-size: 0.9rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; }
th, td { padding: 0.25rem 0.6rem; text-align: end; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
th:first-child { text-align: start; font-weight: normal; } .best { font-weight: bold; }
`;

function imageHtml({ alt, width, height, ...image }: ReportedImage): string {
  return `<img src="${dataUrlOf(image)}" alt="${escaped(alt)}" width="${width}" height="${height}">`;
}

function answerHtml({ label, text, thinking, note }: ReportedAnswer, words: ReportWords): string {
  const thought =
    thinking === undefined
      ? ''
      : `<details><summary>${escaped(words.thinking)}</summary><pre dir="auto">${escaped(thinking)}</pre></details>`;
  const end = note === undefined ? '' : `<p class="note">${escaped(note)}</p>`;
  return `<article><h3>${escaped(label)}</h3>${thought}<pre dir="auto">${escaped(text)}</pre>${end}</article>`;
}

function tableHtml(comparison: Comparison, words: ReportWords): string {
  const { lanes, rows } = comparison;
  const head = [words.metric, ...lanes.map(({ label }) => label)].map(
    (name) => `<th scope="col">${escaped(name)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.values.map((value, lane) => {
      const best = row.best.includes(lane) ? ' class="best"' : '';
      return `<td${best}>${value === undefined ? '–' : shownValue(comparison, row, lane, value)}</td>`;
    });
    return `<tr><th scope="row">${escaped(words.metrics[row.id])} (${row.unit})</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_<>[\]]/g, '\\$&')
    .trim();
}

/** What somebody else wrote, as it is: a fence that is longer than any run of backticks in it cannot be left. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
