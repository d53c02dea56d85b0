/** The playground with Pocket in its lanes, and the levers that tests of failures pull. */

import { expect, type Locator, type Page, type Worker } from '@playwright/test';
import type { Answer, Conversation } from '../../src/domain/conversation';
import type { Device, Precision } from '../../src/domain/engine';
import { PlaygroundPage } from './playground-page';

/** Ms that software WebGPU may take to load Pocket and to make a few tokens on a busy machine. */
export const WEBGPU_PATIENCE_MS = 240_000;
/** The same on WASM. */
const WASM_PATIENCE_MS = 60_000;

/** What the app promises for telling of any failure, ms. */
export const TOLD_WITHIN_MS = 5000;

/** A prompt that Pocket answers with a hundred tokens or more. */
export const LONG_PROMPT = 'Tell me a story about a fox and a lighthouse.';

/** Where the page notes when a worker was tampered with, ms since the epoch by the fine clock. */
const FAULT_AT = 'test.fault-at';

const ENGINE_WORKER = /\/assets\/engine\.worker-[^/]+\.js$/;

export class PocketPage extends PlaygroundPage {
  /** One lane per precision, on the device that the app chooses: WASM, as the adapter is a software one. */
  async openPocket(...precisions: readonly Precision[]): Promise<void> {
    const query = precisions.map((precision) => `variant=pocket/onnx/${precision}`).join('&');
    await this.page.goto(`/?${query}`);
    await this.prompt.waitFor();
  }

  async runOn(device: Device | 'auto', position = 1): Promise<void> {
    await this.lane(position).getByRole('combobox', { name: 'Runs on' }).selectOption(device);
  }

  async longestAnswer(tokens: number): Promise<void> {
    const panel = this.page.getByRole('button', { name: 'Parameters', exact: true });
    await panel.click();
    await this.page.getByRole('textbox', { name: 'Longest answer' }).fill(String(tokens));
    await panel.click();
  }

  /** Resolves when the lane has begun to answer. */
  async answering(position = 1): Promise<void> {
    await expect(this.lane(position).locator('[data-state=running] .markdown')).toContainText(/\S/, {
      timeout: WEBGPU_PATIENCE_MS,
    });
  }

  /** Presses Stop as soon as an answer has begun. In the page: a click from outside comes after a short answer. */
  async stopAtFirstWord(): Promise<void> {
    await this.page.evaluate(async () => {
      const running = () => document.querySelector('[data-state=running] .markdown')?.textContent ?? '';
      while (running() === '') await new Promise(requestAnimationFrame);
      const buttons = [...document.querySelectorAll('form button')] as HTMLElement[];
      buttons.find(({ textContent, ariaLabel }) => (ariaLabel ?? textContent.trim()) === 'Stop')?.click();
    });
  }

  /** The sentence about a failure, and what to do next. */
  failure(position = 1): Locator {
    return this.lane(position).getByRole('alert');
  }

  /** Waits until a failure is told, and tells how many ms after the fault of `tamperWithEngine` that was. */
  async failureAfterFault(timeout = WASM_PATIENCE_MS): Promise<number> {
    await this.failure().waitFor({ timeout });
    return this.page.evaluate((key) => {
      const at = localStorage.getItem(key);
      if (at === null) throw new Error('a failure was told, and no fault had happened');
      return performance.timeOrigin + performance.now() - Number(at);
    }, FAULT_AT);
  }

  async retry(position = 1): Promise<void> {
    await this.failure(position).getByRole('button', { name: 'Try again' }).click();
  }

  /** Every answer that the browser has stored: by prompt, then by lane, each lane's oldest first. */
  async storedAnswers(): Promise<readonly Answer[]> {
    const conversations = await this.storedConversations();
    return conversations
      .flatMap(({ exchanges }) => exchanges)
      .flatMap(({ attempts }) => Object.values(attempts))
      .flatMap(({ answers }) => answers);
  }

  async storedConversations(): Promise<readonly Conversation[]> {
    return this.page.evaluate(async () => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('the database refused'));
        });
      const database = await settled(indexedDB.open('opentab'));
      const records = database.transaction('conversations').objectStore('conversations').getAll();
      const conversations = (await settled(records)) as Conversation[];
      database.close();
      return conversations;
    });
  }

  /** The newest of the stored answers, once there are `count` of them and it has come to its end. */
  async storedAnswer(count = 1, timeout = WASM_PATIENCE_MS): Promise<Answer> {
    let answers: readonly Answer[] = [];
    const ended = async () => {
      answers = await this.storedAnswers();
      // What is stored of an answer in the making is an interrupted one.
      return answers.length === count && answers.every(({ end }) => end !== 'interrupted');
    };
    await expect.poll(ended, { timeout }).toBe(true);
    return answers.at(-1) ?? missing('stored answer');
  }

  /** Workers with an engine that are alive. */
  engineWorkers(): Worker[] {
    return this.page.workers().filter((worker) => ENGINE_WORKER.test(worker.url()));
  }

  engineWorker(): Worker {
    return this.engineWorkers().at(-1) ?? missing('living engine worker');
  }
}

export function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}

/**
 * Runs `script` at the start of every engine worker that is made from now on, before its own code.
 * There, `whenItSpeaks(act)` calls `act` once, right after the first words of an answer have left the worker.
 */
export async function tamperWithEngine(page: Page, script: string): Promise<void> {
  const prelude = `{
    const post = MessagePort.prototype.postMessage;
    const whenItSpeaks = (act) => {
      MessagePort.prototype.postMessage = function (message, ...rest) {
        post.call(this, message, ...rest);
        if (!JSON.stringify(message)?.includes('"kind":"chunk"')) return;
        MessagePort.prototype.postMessage = post;
        new BroadcastChannel('${FAULT_AT}').postMessage(performance.timeOrigin + performance.now());
        act();
      };
    };
    ${script}
  }`;
  await page.addInitScript((key) => {
    new BroadcastChannel(key).onmessage = ({ data }) => localStorage.setItem(key, String(data));
  }, FAULT_AT);
  await page.route(ENGINE_WORKER, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${prelude}\n${await response.text()}` });
  });
}

/** Lets the engine worker's script come from the server again, as it is. */
export async function leaveEngineAlone(page: Page): Promise<void> {
  await page.unroute(ENGINE_WORKER);
}

/** Answers for the engine worker's script in the server's place. */
export async function blockEngine(page: Page): Promise<void> {
  await page.route(ENGINE_WORKER, (route) => route.fulfill({ status: 404 }));
}
