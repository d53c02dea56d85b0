/** Images in prompts: attached, kept, handed on, and said to be left out by a lane that reads text alone. */

import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { pngFile } from '../../support/png-file';
import { PocketPage } from '../../support/pocket-page';
import { widerThanWindow } from '../../support/sideways';

const red = { name: 'red.png', mimeType: 'image/png', buffer: pngFile(40, 30, () => [220, 0, 0]) };
const wide = { name: 'wide.png', mimeType: 'image/png', buffer: pngFile(3000, 1500, () => [0, 0, 220]) };
const LEFT_OUT = 'The images were left out: this model reads text alone.';

let playground: PocketPage;
test.beforeEach(({ page }) => {
  playground = new PocketPage(page);
});

const attached = (page: Page) => page.getByRole('list', { name: 'Attached images' });
const ofPrompt = (page: Page) => page.getByRole('list', { name: 'Images of this prompt' });

type Attachment = typeof red;

async function attach(page: Page, ...files: readonly Attachment[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach images' }).click();
  await (await chooser).setFiles([...files]);
}

/** Pastes into the prompt field, or drops over it, as a browser would with these files. */
async function hand(how: 'paste' | 'drop', files: readonly Attachment[], text = ''): Promise<void> {
  const given = files.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }));
  await playground.prompt.evaluate(
    (field, { how, given, text }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      if (text !== '') data.setData('text/plain', text);
      const options = { bubbles: true, cancelable: true };
      field.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...options, clipboardData: data })
          : new DragEvent('drop', { ...options, dataTransfer: data }),
      );
    },
    { how, given, text },
  );
}

test('an image is attached by button, paste and drop, taken away and brought back, by keyboard too', async ({
  page,
}) => {
  await playground.open('greeting');
  await attach(page, red);
  await expect(attached(page).getByRole('img', { name: 'red.png, 40 × 30 pixels' })).toBeVisible();
  await hand('paste', [{ ...red, name: 'pasted.png' }]);
  await hand('drop', [wide]);
  await expect(attached(page).getByRole('listitem')).toHaveCount(3);
  // Scaled down, and said to what.
  await expect(page.getByText('wide.png is attached, scaled down to 1,568 × 784 pixels.')).toBeAttached();
  await expect(attached(page).getByRole('img', { name: 'wide.png, 1,568 × 784 pixels' })).toBeVisible();
  // Where text came with the picture of it, the text is meant.
  await hand('paste', [red], 'a table');
  await expect(playground.lane(1)).toContainText('this lane will not see the images');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);

  const remove = attached(page).getByRole('button', { name: 'Remove pasted.png' });
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(attached(page).getByRole('listitem')).toHaveCount(2);
  await expect(playground.prompt).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(attached(page).getByRole('img').nth(1)).toHaveAccessibleName(/^pasted\.png/);

  await attached(page)
    .getByRole('button', { name: /^Show wide\.png/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'wide.png' });
  await expect(dialog.getByRole('img', { name: /^wide\.png/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  // What is attached is part of the draft.
  await playground.settle();
  await page.reload();
  await expect(attached(page).getByRole('img')).toHaveCount(3);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await widerThanWindow(page)).toEqual([]);
});

test('what cannot be attached is refused with a sentence, and what can be is', async ({ page }) => {
  await playground.open('greeting');
  const fake = { name: 'fake.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') };
  const cut = { name: 'cut.png', mimeType: 'image/png', buffer: wide.buffer.subarray(0, 60) };
  const claim = Buffer.from(red.buffer);
  claim.writeUInt32BE(60_000, 16);
  claim.writeUInt32BE(60_000, 20);
  await attach(page, fake, red);
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText(/^fake\.png is no PNG, JPEG, WebP or GIF\./);
  await expect(attached(page).getByRole('listitem')).toHaveCount(1);
  await attach(page, cut);
  await expect(alert).toHaveText(/^cut\.png could not be read/);
  await attach(page, { ...red, name: 'bomb.png', buffer: claim });
  await expect(alert).toHaveText(/^bomb\.png has 60,000 × 60,000 pixels; at most 50 million are read/);
  await attach(page, red, red, red, red);
  await expect(alert).toHaveText(/^A prompt takes at most 4 images/);
  await expect(attached(page).getByRole('listitem')).toHaveCount(4);
});

test('a lane that reads text alone answers the text, and says what it left out', async ({ page }) => {
  await playground.open('greeting');
  await attach(page, red);
  await expect(attached(page)).toBeVisible();
  await playground.ask('What is a token?');
  const answer = await playground.storedAnswer();
  expect(answer).toMatchObject({ end: 'stop', run: { ignored: ['images'] } });
  await expect(playground.lane(1)).toContainText(LEFT_OUT);
  await expect(attached(page)).toBeHidden();
  await expect(ofPrompt(page).getByRole('img', { name: 'red.png, 40 × 30 pixels' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await playground.settle();
  await page.reload();
  await expect(ofPrompt(page).getByRole('img')).toBeVisible();
  await expect(playground.lane(1)).toContainText(LEFT_OUT);
  // Edited, it keeps its image.
  await page.getByRole('button', { name: 'Edit the prompt' }).click();
  await page.getByRole('textbox', { name: 'Edit the prompt' }).fill('What is WebGPU?');
  await page.keyboard.press('Enter');
  await expect(playground.lane(1)).toContainText(LEFT_OUT);
  await expect(ofPrompt(page).getByRole('img')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await widerThanWindow(page)).toEqual([]);
});

test('place and camera stay behind, and a large photo becomes a small one', async ({ page }) => {
  await playground.open('greeting');
  const jpeg = await page.evaluate(async () => {
    const [width, height] = [1800, 1400];
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    // Noise, which no encoder makes small.
    const image = context?.createImageData(width, height);
    let state = 1;
    for (let at = 0; image !== undefined && at < image.data.length; at += 1)
      image.data[at] = (state = (state * 48_271) % 2_147_483_647) % 256;
    if (image !== undefined) context?.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const pieces = Array.from({ length: Math.ceil(bytes.length / 30_000) }, (_, at) =>
      String.fromCharCode(...bytes.subarray(at * 30_000, (at + 1) * 30_000)),
    );
    return btoa(pieces.join(''));
  });
  const plain = Buffer.from(jpeg, 'base64');
  const note = Buffer.from('Exif\0\0GPS 48.8584 N 2.2945 E');
  const segment = Buffer.from([0xff, 0xe1, 0, note.length + 2, ...note]);
  const photo = Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)]);
  await attach(page, { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(attached(page).getByRole('img', { name: /^photo\.jpg/ })).toBeVisible();
  await playground.settle();
  const [kept] = (await playground.storedConversations())[0]?.draftImages ?? [];
  const bytes = Buffer.from(kept?.base64 ?? '', 'base64');
  expect(photo.includes('GPS 48.8584')).toBe(true);
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect([bytes.includes('GPS'), bytes.includes('Exif')]).toEqual([false, false]);
  expect(bytes.length).toBeLessThanOrEqual(1024 * 1024);
  expect(Math.max(kept?.width ?? 0, kept?.height ?? 0)).toBeLessThanOrEqual(1568);
});

test('an export holds the images and is imported again; a report shows them; a link says that it does not', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1400, height: 800 });
  await playground.open('greeting');
  await attach(page, red);
  await expect(attached(page)).toBeVisible();
  await playground.ask('What is a token?');
  await playground.storedAnswer();
  await playground.settle();
  const saved = async (name: string) => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFile(await (await downloading).path(), 'utf8');
  };
  const text = await saved('Export all');
  expect(JSON.parse(text)).toMatchObject({ version: 2 });
  const list = page.getByRole('complementary', { name: 'Conversations' });
  const picker = list.locator('input[type=file]');
  const file = (name: string, content: string) => ({
    name,
    mimeType: 'application/json',
    buffer: Buffer.from(content),
  });
  await picker.setInputFiles(file('good.json', text));
  await expect(page.getByText('1 conversation imported from good.json.')).toBeVisible();
  await list
    .getByRole('button', { name: /^What is a token/ })
    .first()
    .click();
  await expect(ofPrompt(page).getByRole('img', { name: 'red.png, 40 × 30 pixels' })).toBeVisible();
  await picker.setInputFiles(file('odd.json', text.replace('"width":40', '"width":41')));
  await expect(page.getByText(/odd\.json was not imported: conversation 1 is damaged/)).toBeVisible();
  // The same in other letters.
  const escaped = text.replace('"width":40', '"width":41').replaceAll('image', '\\u0069mage');
  await picker.setInputFiles(file('escaped.json', escaped));
  await expect(page.getByText(/escaped\.json was not imported: conversation 1 is damaged/)).toBeVisible();

  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText('The images of the prompts are not in the link')).toBeVisible();
  const markdown = await saved('Save as Markdown');
  expect(markdown).toContain('![red.png, 40 × 30 pixels][image-1-1]');
  expect(markdown).toMatch(/^\[image-1-1\]: data:image\/png;base64,[A-Za-z0-9+/=]+$/m);
  const html = await saved('Save as HTML');
  const reader = await page.context().newPage();
  const requests: string[] = [];
  reader.on('request', (request) => requests.push(request.url()));
  await reader.setContent(html);
  const image = reader.getByRole('img', { name: 'red.png, 40 × 30 pixels' });
  await expect(image).toBeVisible();
  expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(40);
  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
});

test('a blind round shows the images with the prompt, and so does the reading view after it', async ({
  page,
}) => {
  await playground.open('greeting', 'other-greeting');
  await attach(page, red);
  await expect(attached(page)).toBeVisible();
  await page.getByRole('button', { name: 'Blind', exact: true }).click();
  await playground.ask('Which?');
  const stage = page.getByRole('region', { name: 'Blind comparison' });
  await expect(stage.getByRole('group', { name: 'Which answer is better?' })).toBeVisible();
  await expect(ofPrompt(page).getByRole('img', { name: 'red.png, 40 × 30 pixels' })).toBeVisible();
  // What a lane left out would name its model.
  await expect(stage).not.toContainText('left out');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await stage.getByRole('button', { name: 'Show the names without a vote' }).click();
  await stage.getByRole('button', { name: 'Back to the lanes' }).click();
  await page.getByRole('button', { name: 'Read the answers side by side' }).first().click();
  const reading = page.getByRole('dialog', { name: 'Answers side by side' });
  await expect(reading.getByRole('list', { name: 'Images of this prompt' }).getByRole('img')).toBeVisible();
  await expect(reading.getByText(LEFT_OUT)).toHaveCount(2);
});
