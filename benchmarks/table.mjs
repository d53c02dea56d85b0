// @ts-check
/** The table of a benchmark result, in the manner of llama-bench. */

/** @typedef {import('./result').BenchmarkResult} BenchmarkResult */

/**
 * One row per variant and workload: mean ± standard deviation over the repetitions, in tokens per second.
 *
 * @param {BenchmarkResult} result
 */
export function renderTable(result) {
  const header = ['model', 'precision', 'size', 'device', 'test', 't/s', 'CV', 'self-check'];
  const rows = result.measured.flatMap((variant) =>
    variant.rows.map((row) => {
      const download = variant.load.spans.find((span) => span.phase === 'download');
      return [
        variant.model,
        variant.precision,
        `${((download?.bytes ?? 0) / 2 ** 20).toFixed(2)} MiB`,
        variant.device,
        row.workload.name,
        speed(row),
        row.kind === 'measured'
          ? `${(row.summary.cv * 100).toFixed(1)} %${row.flags.length > 0 ? ' !' : ''}`
          : '',
        checked(row.selfCheck),
      ];
    }),
  );
  const lines = [markdown(header, rows), '', machine(result)];
  const cold = result.measured.some(({ rows: all }) =>
    all.some((row) => row.kind === 'measured' && !row.warm),
  );
  if (cold) lines.push('Not warm: no two warm-up runs in a row agreed within 5 %.');
  for (const { variant, rows: all } of result.measured) {
    const withheld = all.find((row) => row.kind === 'withheld');
    if (withheld !== undefined) lines.push(`No speed is given of ${variant}, which ${withheld.reason}.`);
  }
  for (const { variant, reason } of result.skipped) lines.push(`${variant} was skipped: ${reason}.`);
  if (
    result.machine.adapter.kind === 'software' &&
    result.measured.some(({ device }) => device === 'webgpu')
  ) {
    lines.push('A software adapter ran this: the figures prove that it works and say nothing about speed.');
  }
  return lines.join('\n');
}

/** @param {import('./result').RowCheck} check */
function checked(check) {
  return check.state === 'reference'
    ? 'reference'
    : `${check.state}, ${(check.agreement * 100).toFixed(1)} %`;
}

/** @param {import('./result').ResultRow} row */
function speed(row) {
  if (row.kind === 'void') return `void: ${row.failure?.code ?? row.reason}`;
  if (row.kind === 'withheld') return 'withheld: computes wrongly';
  const figure = `${row.summary.mean.toFixed(2)} ± ${row.summary.sd.toFixed(2)}`;
  return row.warm ? figure : `${figure} (not warm)`;
}

/** @param {BenchmarkResult} result */
function machine({
  machine: { userAgent, cores, adapter, crossOriginIsolated, timerResolutionMs },
  host,
  app,
  note,
}) {
  const gpu =
    adapter.kind === 'none'
      ? 'no WebGPU adapter'
      : `${adapter.description || 'unnamed adapter'} (${adapter.kind})`;
  const clock = `clock ${(timerResolutionMs * 1000).toFixed(0)} µs`;
  const browser = /(?:Headless)?Chrome\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;
  const threads = crossOriginIsolated ? '' : 'not isolated: WASM on one thread';
  return [`OpenTab ${app}`, browser, host?.cpu ?? '', `${cores} cores`, threads, gpu, clock, note]
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * @param {readonly string[]} header
 * @param {readonly (readonly string[])[]} rows
 */
function markdown(header, rows) {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {readonly string[]} */ cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [
    line(header),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
