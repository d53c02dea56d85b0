/** Answers as JSON: an engine that is held to a schema, one that cannot be, and an API that is told of it. */

import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { PocketPage } from '../support/pocket-page';
import { startProviderServer } from '../support/provider-server.mjs';
import { SettingsPage } from '../support/settings-page';
import { widerThanWindow } from '../support/sideways';

const schema = {
  type: 'object',
  properties: { answer: { type: 'string' }, right: { type: 'boolean' } },
  required: ['answer', 'right'],
};

/** The same with an end: a model this small goes on with a text for ever where nothing ends it. */
const ending = {
  ...schema,
  properties: { ...schema.properties, answer: { type: 'string', maxLength: 60 } },
};

let pocket: PocketPage;
test.beforeEach(({ page }) => {
  pocket = new PocketPage(page);
});

function field(page: Page) {
  return page.getByRole('textbox', { name: 'JSON schema' });
}

async function openParameters(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Parameters', exact: true }).first().click();
}

async function useExample(page: Page): Promise<void> {
  await openParameters(page);
  await page.getByRole('checkbox', { name: 'Answer as JSON' }).check();
  await page.getByRole('button', { name: 'Insert an example' }).click();
  await expect(page.getByText('Used for the next answers.')).toBeVisible();
  expect(JSON.parse(await field(page).inputValue())).toEqual(schema);
}

test('where the line of the verdict does not load, the answer stays and nothing is thrown', async ({
  page,
}) => {
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  await page.route(/\/assets\/JsonVerdictLine-[^/]+\.js$/, (route) => route.abort());
  await page.goto('/?variant=pocket/gguf/q8_0');
  await pocket.prompt.waitFor();
  await useExample(page);
  await field(page).fill(JSON.stringify(ending, undefined, 2));
  await expect(page.getByText('Used for the next answers.')).toBeVisible();
  await pocket.ask('What is a token?');
  await pocket.storedAnswer();
  await expect(pocket.lane(1)).toContainText('A part of the app did not load');
  await pocket.settle();
  expect(thrown).toEqual([]);
});

test('llama.cpp is held to the schema; Transformers.js beside it says that it cannot be', async ({
  page,
}) => {
  await page.goto('/?variant=pocket/gguf/q8_0&variant=pocket/onnx/q8');
  await pocket.prompt.waitFor();
  await useExample(page);
  await field(page).fill(JSON.stringify(ending, undefined, 2));
  await expect(page.getByText('Used for the next answers.')).toBeVisible();
  const cannot = 'cannot be held to a JSON schema';
  await expect(pocket.lane(2)).toContainText(cannot);
  await expect(pocket.lane(1)).not.toContainText(cannot);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await pocket.ask('What is a token?');
  await pocket.storedAnswer(2);
  const answers = await pocket.storedAnswers();
  const [held, free] = ['pocket/gguf/q8_0', 'pocket/onnx/q8'].map((id) =>
    answers.find(({ run }) => run?.variantId === id),
  );
  expect(held?.end).toBe('stop');
  const value = JSON.parse(held?.text ?? '') as Record<string, unknown>;
  expect(Object.keys(value)).toEqual(['answer', 'right']);
  expect([typeof value['answer'], typeof value['right']]).toEqual(['string', 'boolean']);
  expect(held?.run?.ignored).toBeUndefined();
  expect(JSON.parse(held?.run?.jsonSchema ?? '')).toEqual(ending);
  await expect(pocket.lane(1)).toContainText('JSON that matches the schema.');
  expect(free?.run?.ignored).toEqual(['jsonSchema']);
  await expect(pocket.lane(2)).toContainText('Not JSON. It was not held to the schema.');
  // It is part of the conversation, and so is what was said of the answers.
  await pocket.settle();
  await page.reload();
  await expect(pocket.lane(1)).toContainText('JSON that matches the schema.');
  await openParameters(page);
  expect(JSON.parse(await field(page).inputValue())).toEqual(ending);
});

test('what is no schema is refused where it stands, nothing is asked, and nothing typed is lost', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/?variant=pocket/gguf/q8_0');
  await pocket.prompt.waitFor();
  await openParameters(page);
  await page.getByRole('checkbox', { name: 'Answer as JSON' }).check();
  await expect(page.getByText('Until there is one, nothing is asked.')).toBeVisible();
  await field(page).fill('{ "type": "object", ');
  await expect(page.getByText('This is not JSON yet')).toBeVisible();
  const unfit = '{ "type": "object", "properties": { "name": { "type": "string", "pattern": "^a" } } }';
  await field(page).fill(unfit);
  const problem = page.getByText('Not every engine can keep to “pattern” at #/properties/name.');
  await expect(problem).toBeVisible();
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  expect(await widerThanWindow(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await pocket.ask('What is a token?');
  const refusal = page.getByRole('alert').filter({ hasText: 'cannot be used as it is' });
  await expect(refusal).toBeVisible();
  await expect(pocket.prompt).toHaveValue('What is a token?');
  expect(await pocket.storedAnswers()).toEqual([]);
  await pocket.settle();
  await page.reload();
  await openParameters(page);
  await expect(field(page)).toHaveValue(unfit);
  await expect(problem).toBeVisible();
  // Off, it is no hindrance, and is there again when it is wanted.
  await page.getByRole('checkbox', { name: 'Answer as JSON' }).uncheck();
  await page.keyboard.press('Escape');
  await pocket.prompt.press('Enter');
  expect((await pocket.storedAnswer()).run?.jsonSchema).toBeUndefined();
  await openParameters(page);
  await page.getByRole('checkbox', { name: 'Answer as JSON' }).check();
  await expect(field(page)).toHaveValue(unfit);
});

test('an API is told the schema, and its answer is judged alike', async ({ page }) => {
  const server = await startProviderServer();
  const settings = new SettingsPage(page);
  try {
    await settings.open();
    const card = await settings.add('compatible', server.origin);
    await settings.choose(card, 'claude-json', 'thinks-unseen');
    await settings.leave();
    const model = (position: number) => pocket.lane(position).getByRole('combobox', { name: 'Model' });
    await model(1).selectOption({ label: 'claude-json' });
    await page.getByRole('button', { name: 'Add a lane' }).click();
    await model(2).selectOption({ label: 'thinks-unseen' });
    await useExample(page);
    await pocket.ask('What is six times seven?');
    await expect(pocket.lane(1)).toContainText('JSON that matches the schema.');
    await expect(pocket.lane(2)).toContainText('Not JSON.');
    await expect(pocket.lane(2)).toContainText('Thought for 7 tokens before this.');
    const asked = server.requests.filter(({ method }) => method === 'POST');
    expect(asked).toHaveLength(2);
    for (const { body } of asked) {
      expect(JSON.parse(body)).toMatchObject({
        response_format: {
          type: 'json_schema',
          json_schema: { strict: true, schema: { ...schema, additionalProperties: false } },
        },
      });
    }
  } finally {
    await server.close();
  }
});
