/**
 * The self-check with the real engine and the model that ships with the app: the software GPU against WASM, in two
 * workers, as on a machine whose GPU it is.
 */

import { afterEach, expect, test } from 'vitest';
import { EngineClient, spawnEngineWorker } from '../../workers/engine-client';
import { pocket } from '../../src/catalog/pocket';
import type { Variant } from '../../src/domain/model';
import { checkWindows, judge } from '../../src/domain/self-check';
import { browserMemory } from '../../src/state/browser-memory';
import { EnginePool, sourceOf, type EngineSlot } from '../../src/state/engine-pool.svelte';
import { SelfChecks } from '../../src/state/self-checks.svelte';

const [q8] = pocket.variants as unknown as [Variant];
const appUrl = new URL('/', location.href).href;
/** Software WebGPU compiles its pipelines on the CPU, and computes there too. */
const PATIENCE_MS = 240_000;

const pools: EnginePool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.keepOnly([])));
});

function connect(): EngineClient {
  return new EngineClient({
    spawn: spawnEngineWorker,
    startDeadlineMs: PATIENCE_MS,
    stopDeadlineMs: PATIENCE_MS,
  });
}

async function chosen(slot: EngineSlot): Promise<number[]> {
  const tokens: number[] = [];
  for (const window of checkWindows) {
    const outcome = await slot.topTokens(window);
    if (!outcome.ok) throw new Error(outcome.failure.detail);
    tokens.push(...outcome.value);
  }
  return tokens;
}

test(
  'the verdict on the software GPU is of choices that were really computed, on both',
  async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const references: EngineClient[] = [];
    const pool: EnginePool = new EnginePool(appUrl, connect, {
      loaded: (variant, device) => checks.noteLoaded(variant, device),
      beforeRun: () => checks.giveWay(),
    });
    pools.push(pool);
    const checks: SelfChecks = new SelfChecks({
      // Taken for the machine's own: unasked, a software adapter is never checked.
      machine: () => ({ webGpu: 'hardware', memoryBytes: undefined, adapter: 'SwiftShader' }),
      slot: (variant) => pool.peek(variant, 'webgpu'),
      reference: () => {
        const client = connect();
        references.push(client);
        return client;
      },
      referenceSource: (variant) => sourceOf(variant, 'wasm', appUrl),
      memory: browserMemory(() => storage),
      release: '0.0.0',
      busy: () => false,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });

    const slot = pool.slot(q8, 'webgpu');
    const loaded = await slot.ensureLoaded(new AbortController().signal);
    expect(loaded.ok, JSON.stringify(loaded)).toBe(true);
    await expect
      .poll(() => checks.of(q8, 'webgpu')?.state, { timeout: PATIENCE_MS, interval: 250 })
      .toBe('verified');
    const verdict = checks.of(q8, 'webgpu');
    // It is what both really chose.
    const here = await chosen(slot);
    const wasm = pool.slot(q8, 'wasm');
    expect((await wasm.ensureLoaded(new AbortController().signal)).ok).toBe(true);
    expect(verdict).toEqual(judge(here, await chosen(wasm)));
    expect(verdict).toMatchObject({ positions: 256 });
    expect(references).toHaveLength(1);
    expect(await references[0]?.gone).toMatchObject({ code: 'worker-died' });
    expect([...kept.values()].join()).toContain(`"state":"${verdict?.state}"`);
    // The model of the lane lives on.
    expect(slot.phase.kind).toBe('ready');
  },
  2 * PATIENCE_MS,
);
