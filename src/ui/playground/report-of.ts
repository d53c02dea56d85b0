/** What is on the playground, as a report. */

import { shownAnswer, type Answer, type AnswerRun } from '../../domain/conversation';
import type { TokenPrices } from '../../domain/cost';
import { parseRemoteVariantId } from '../../domain/provider';
import type { Report, ReportedAnswer, ReportWords } from '../../domain/report';
import type { AdapterReport } from '../../hardware/adapter';
import { m } from '../../messages/messages.js';
import { getLocale } from '../../messages/runtime.js';
import type { Playground } from '../../state/playground.svelte';
import { failureText } from '../shared/failure-text';
import { formatDateTime, formatDollars, formatInteger } from '../shared/format';
import { imageAlt } from './image-text';
import { answerLabels, comparisonNotes, comparisonOf, metricNames, type Compared } from './lane-comparison';
import { endText } from './end-text';
import { modelName } from './model-names';
import { ignoredText } from './parameter-names';

interface Surroundings {
  readonly navigator: Pick<Navigator, 'userAgent' | 'hardwareConcurrency'>;
  /** Ms since 1970. */
  readonly now: number;
}

/** The exchanges that at least one lane has answered, with the answers that are shown. */
export function reportOf(
  app: Compared & { readonly playground: Playground },
  { navigator, now }: Surroundings,
): Report {
  const { conversation, lanes } = app.playground;
  const answered = conversation.exchanges.filter((exchange) =>
    lanes.some((lane) => shownAnswer(exchange, lane.id) !== undefined),
  );
  const runs = answered.flatMap((exchange) =>
    lanes.flatMap((lane) => shownAnswer(exchange, lane.id)?.run ?? []),
  );
  const asked = [...new Set(runs.map(({ sampling }) => parameters(sampling)))];
  return {
    title: conversation.title === '' ? m.share_report_title() : conversation.title,
    facts: [
      [m.share_fact_date(), formatDateTime(now)],
      [m.share_fact_browser(), navigator.userAgent],
      [m.share_fact_threads(), String(navigator.hardwareConcurrency)],
      ...computedOn(runs, app.adapter.kind),
      ...wentTo(app, runs),
      ...pricesOf(app, runs),
      ...(conversation.system === '' ? [] : [[m.playground_system(), conversation.system] as const]),
      // Those of the answers, and not what the panel says by now; where they differ, each answer has its own.
      ...(asked.length > 1
        ? []
        : [[m.playground_parameters(), asked[0] ?? parameters(conversation.sampling)] as const]),
      ...(conversation.json?.on === true ? [[m.schema_label(), conversation.json.text] as const] : []),
    ],
    exchanges: answered.map((exchange) => {
      const labels = answerLabels(app, lanes, exchange);
      const answers = lanes.flatMap((lane, index) => {
        const answer = shownAnswer(exchange, lane.id);
        return answer === undefined ? [] : [reported(labels[index] ?? '', answer, asked.length > 1)];
      });
      const comparison = comparisonOf(app, lanes, exchange);
      const measured = comparison.rows.length > 0;
      return {
        prompt: exchange.prompt,
        ...(exchange.images && {
          images: exchange.images.map((image, index) => ({ ...image, alt: imageAlt(image, index) })),
        }),
        answers,
        comparison: measured ? comparison : undefined,
        notes: measured ? comparisonNotes(comparison, app) : [],
      };
    }),
  };
}

export function reportWords(): ReportWords {
  return {
    language: getLocale(),
    prompt: m.share_report_prompt(),
    metric: m.playground_metric(),
    thinking: m.share_report_thinking(),
    made: m.share_report_made(),
    metrics: metricNames(),
  };
}

/** @param withParameters for answers that were not all made with the same */
function reported(
  label: string,
  { text, thinking, end, failure, run }: Answer,
  withParameters: boolean,
): ReportedAnswer {
  const notes = [
    failure === undefined ? endText(end) : failureText[failure.code].what(),
    run && withParameters ? `${m.playground_parameters()}: ${parameters(run.sampling)}` : undefined,
    run?.ignored && ignoredText(run.ignored, run.device),
  ].filter((note) => note !== undefined);
  return {
    label,
    text,
    ...(thinking !== undefined && { thinking }),
    ...(notes.length > 0 && { note: notes.join(' · ') }),
  };
}

/** Each engine with what it computed on, once. */
function computedOn(runs: readonly AnswerRun[], webGpu: AdapterReport['kind']): [string, string][] {
  const engines = new Set(
    runs.map(({ engine, device, adapter }) => {
      const software = device === 'webgpu' && webGpu === 'software' ? ` (${m.share_fact_software()})` : '';
      return [engine, device, adapter].filter((part) => part !== '').join(' · ') + software;
    }),
  );
  return engines.size === 0 ? [] : [[m.share_fact_engines(), [...engines].join('; ')]];
}

/** The models behind an API that answered, each once. */
function remoteModels(runs: readonly AnswerRun[]): readonly string[] {
  return [...new Set(runs.filter(({ device }) => device === 'remote').map(({ variantId }) => variantId))];
}

/** Which servers the prompts of these answers went to: a reader cannot look it up in the ledger. */
function wentTo(app: Compared, runs: readonly AnswerRun[]): [string, string][] {
  if (runs.length === 0) return [];
  const places = remoteModels(runs).map((variantId) => {
    const accountId = parseRemoteVariantId(variantId)?.accountId ?? '';
    const address = app.providers.known(accountId)?.baseUrl ?? '';
    const host = URL.canParse(address) ? new URL(address).host : m.share_fact_sent_unknown();
    return m.share_fact_sent_to({ model: modelName(app, variantId), host });
  });
  return [[m.share_fact_sent(), places.length === 0 ? m.share_fact_sent_nowhere() : places.join('; ')]];
}

/** What the costs rest on, with its day and its source. */
function pricesOf(app: Compared, runs: readonly AnswerRun[]): [string, string][] {
  const prices = remoteModels(runs).map((variantId) => {
    const model = modelName(app, variantId);
    const price = app.prices.price(variantId);
    if (price === undefined) return m.share_fact_price_none({ model });
    const { long, date, source = m.share_fact_price_own() } = price;
    const rates = ({ input, output }: TokenPrices) => ({
      input: formatDollars(input),
      output: formatDollars(output),
    });
    const plain = m.share_fact_price({ model, ...rates(price) });
    const more =
      long === undefined
        ? ''
        : ` ${m.share_fact_price_long({ above: formatInteger(long.above), ...rates(long) })}`;
    return `${plain}${more} (${date}, ${source})`;
  });
  return prices.length === 0 ? [] : [[m.share_fact_prices(), prices.join('; ')]];
}

function parameters(sampling: object): string {
  return Object.entries(sampling)
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
}
