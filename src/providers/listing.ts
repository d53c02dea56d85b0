/** A provider's own list of models, from whatever JSON it sends. */

import * as v from 'valibot';
import { FailureError } from '../domain/failure';
import type { ListedModel } from '../domain/provider';

const MAX_MODELS = 5_000;
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
const tokens = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);
const title = v.fallback(v.optional(text), undefined);

/** OpenAI, OpenRouter and compatible servers (`data[].id`), and Anthropic (`display_name`). vLLM tells `max_model_len`. */
const dataSchema = v.object({
  data: v.array(
    v.object({
      id: text,
      name: title,
      display_name: title,
      context_length: tokens,
      max_model_len: tokens,
      max_input_tokens: tokens,
    }),
  ),
});

const geminiSchema = v.object({
  models: v.array(
    v.object({
      name: text,
      displayName: title,
      inputTokenLimit: tokens,
      supportedGenerationMethods: v.fallback(v.optional(v.array(v.string())), undefined),
    }),
  ),
});

/** @throws FailureError `not-an-api` where it is no list of models */
export function readListing(body: unknown): ListedModel[] {
  const data = v.safeParse(dataSchema, body);
  if (data.success) {
    return withoutRepeats(
      data.output.data.map((model) =>
        listed(
          model.id,
          model.display_name ?? model.name,
          model.context_length ?? model.max_model_len ?? model.max_input_tokens,
        ),
      ),
    );
  }
  const gemini = v.safeParse(geminiSchema, body);
  if (gemini.success) {
    return withoutRepeats(
      gemini.output.models
        .filter(({ supportedGenerationMethods: can }) => can === undefined || can.includes('generateContent'))
        .map((model) =>
          listed(model.name.replace(/^models\//, ''), model.displayName, model.inputTokenLimit),
        ),
    );
  }
  throw new FailureError('not-an-api', 'the answer is no list of models');
}

/** A server may say the same name twice, of a model and of its copy on another machine. */
function withoutRepeats(models: readonly ListedModel[]): ListedModel[] {
  return [...new Map(models.map((model) => [model.id, model])).values()].slice(0, MAX_MODELS);
}

function listed(id: string, name: string | undefined, contextTokens: number | undefined): ListedModel {
  return {
    id,
    ...(name !== undefined && name !== id && { name }),
    ...(contextTokens !== undefined && { contextTokens }),
  };
}
