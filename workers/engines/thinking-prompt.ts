/** A chat as the text that a model goes on with, made so that the model thinks as much as it was asked to. */

import {
  THINKING_IGNORED,
  holdsToSchema,
  type EngineId,
  type GenerateRequest,
  type Message,
  type ThinkingEffort,
} from '../../src/domain/engine';
import { ThinkingSplitter } from './thinking';

export type TemplateVariables = Readonly<Record<string, boolean | string>>;

export interface ThinkingPrompt {
  readonly text: string;
  /** For the answer to this prompt. */
  readonly apart: ThinkingSplitter;
  /** Names for `Completion.ignored`, once the answer is there. */
  readonly ignored: () => readonly string[];
}

/**
 * Each template asks by a name of its own: `enable_thinking` (Qwen 3, SmolLM3), `thinking` (Granite, DeepSeek V3.1),
 * `reasoning_effort` (gpt-oss). It does not see the others.
 */
function variablesOf(effort: ThinkingEffort): TemplateVariables {
  const on = effort !== 'off';
  return { enable_thinking: on, thinking: on, ...(on && { reasoning_effort: effort }) };
}

/**
 * Undefined where the prompt is token ids, which go in as they are.
 * @param render runs the model's chat template with these variables beside the messages
 */
export function thinkingPrompt(
  { prompt, sampling, jsonSchema }: Pick<GenerateRequest, 'prompt' | 'sampling' | 'jsonSchema'>,
  engine: EngineId,
  render: (messages: readonly Message[], variables: TemplateVariables) => string,
): ThinkingPrompt | undefined {
  if (prompt.kind === 'tokens') return undefined;
  const put = (effort: ThinkingEffort | undefined) =>
    render(prompt.messages, effort === undefined ? {} : variablesOf(effort));
  // A grammar allows JSON from the first token on: there is no room to think in.
  const held = jsonSchema !== undefined && holdsToSchema[engine];
  const { thinking: asked } = sampling;
  const text = put(held ? 'off' : asked);
  const apart = new ThinkingSplitter(held ? undefined : text);
  return {
    text,
    apart,
    ignored: () => {
      if (asked === undefined) return [];
      if (asked === 'off') return apart.thought ? [THINKING_IGNORED] : [];
      if (held) return [THINKING_IGNORED];
      try {
        // What a template takes can be seen in what it makes.
        if (text !== put(asked === 'low' ? 'high' : 'low')) return [];
        return [text === put('off') ? THINKING_IGNORED : `${THINKING_IGNORED}.${asked}`];
      } catch {
        // It knows the word, and refuses it. The answer is there, and stands.
        return [];
      }
    },
  };
}
