/** What is copied for a server must be what that server reads. */

import { expect, test } from 'vitest';
import { originSettings } from '../../src/ui/settings/origin-settings';

const ORIGIN = 'https://tab.example:8443';
const settings = new Map(originSettings(ORIGIN).map(({ server, setting }) => [server, setting]));

test('each of the usual servers is there, with its own option', () => {
  expect([...settings.keys()]).toEqual(['llama-server', 'Ollama', 'vLLM', 'SGLang']);
  expect(settings.get('llama-server')).toBe(`--cors-origins ${ORIGIN}`);
  expect(settings.get('Ollama')).toBe(`OLLAMA_ORIGINS=${ORIGIN}`);
  expect(settings.get('SGLang')).toBe('');
});

test('vLLM takes a list in JSON, which a shell must hand over whole', () => {
  const [option, quoted = ''] = settings.get('vLLM')?.split(' ') ?? [];
  expect(option).toBe('--allowed-origins');
  expect(quoted).toMatch(/^'.*'$/);
  expect(JSON.parse(quoted.slice(1, -1))).toEqual([ORIGIN]);
});
