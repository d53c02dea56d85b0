// @ts-check
/**
 * A stand-in for the APIs: a local server that speaks their four wire protocols and does what a scenario says.
 *
 * Addresses: `/openai/v1`, `/anthropic/v1`, `/gemini/v1beta`, `/compatible/v1`; with `/no-cors` before them nothing
 * is allowed to a page. The model's name chooses the scenario (`provider-scenarios.mjs`). A key that contains
 * "wrong" is refused. At `/auth` a person signs in for a key (`sign-in-page.mjs`). Every request is recorded.
 */
import { createServer } from 'node:http';
import { scenarios } from './provider-scenarios.mjs';
import * as wires from './provider-wire.mjs';
import { SignIns } from './sign-in-page.mjs';

/** @typedef {import('./provider-scenarios.mjs').Scenario} Scenario */
/** @typedef {{ method: string, url: string, headers: Record<string, string | string[] | undefined>, body: string }} RecordedRequest */

const HTML = '<!doctype html><title>Sign in</title><p>Please sign in.</p>';

/**
 * @param {{ port?: number }} [options] a free port where none is named
 */
export async function startProviderServer({ port = 0 } = {}) {
  /** @type {RecordedRequest[]} */
  const requests = [];
  /** @type {number[]} pieces per second of each answer, as they were really sent: the clock of a busy machine slips */
  const rates = [];
  const signIns = new SignIns();
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      if (request.method !== 'OPTIONS') {
        requests.push({
          method: request.method ?? '',
          url: request.url ?? '',
          headers: request.headers,
          body,
        });
      }
      if (!signIn(request, response, body, signIns)) void answer(request, response, body, rates);
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    rates,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(undefined));
      }),
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} body
 * @param {SignIns} signIns
 * @returns {boolean} whether this was part of a sign-in, and is answered
 */
function signIn(request, response, body, signIns) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET' && url.pathname === '/auth') {
    const page = signIns.page(url);
    response.writeHead(page === undefined ? 400 : 200, { 'Content-Type': 'text/html' }).end(page ?? HTML);
    return true;
  }
  if (request.method !== 'POST' || !url.pathname.endsWith('/auth/keys')) return false;
  const outcome = signIns.exchange(body);
  if (outcome === 'cut') {
    request.socket.destroy();
    return true;
  }
  const page = outcome.body === undefined;
  response.writeHead(outcome.status, {
    'Access-Control-Allow-Origin': '*',
    'Content-Type': page ? 'text/html' : 'application/json',
  });
  const text = typeof outcome.body === 'string' ? outcome.body : JSON.stringify(outcome.body);
  response.end(page ? HTML : text);
  return true;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} body
 * @param {number[]} rates
 */
async function answer(request, response, body, rates) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const open = !url.pathname.startsWith('/no-cors/');
  const path = open ? url.pathname : url.pathname.slice('/no-cors'.length);
  if (open) {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*, authorization');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(open ? 204 : 405).end();
    return;
  }
  const [, name = '', ...rest] = path.split('/');
  const wire = name in wires ? wires[/** @type {keyof typeof wires} */ (name)] : undefined;
  if (wire === undefined) {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(HTML);
    return;
  }
  const key = String(
    request.headers['x-api-key'] ?? request.headers['x-goog-api-key'] ?? request.headers.authorization ?? '',
  ).replace(/^Bearer /, '');
  if (key.includes('wrong')) {
    failWith(response, wire, scenarios['unauthorized']?.error, key);
    return;
  }
  if (request.method === 'GET') {
    listModels(response, wire, rest.slice(1).map(decodeURIComponent), key);
    return;
  }
  const asked = name === 'gemini' ? /models\/([^:]+):/.exec(path)?.[1] : JSON.parse(body).model;
  const scenario = scenarios[String(asked)];
  if (scenario === undefined) failWith(response, wire, scenarios['unknown']?.error, key);
  else if (scenario.error !== undefined) failWith(response, wire, scenario.error, key);
  else if (scenario.unverified === true && JSON.parse(body).reasoning?.summary !== undefined)
    refuseSummary(response);
  else if (scenario.html === true) response.writeHead(200, { 'Content-Type': 'text/html' }).end(HTML);
  else await stream(response, wire, scenario, String(asked), key, rates);
}

/** @param {import('node:http').ServerResponse} response */
function refuseSummary(response) {
  const message = 'The organization must be verified before it gets summaries.';
  const error = {
    message,
    type: 'invalid_request_error',
    param: 'reasoning.summary',
    code: 'unsupported_value',
  };
  response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {wires.Wire} wire
 * @param {readonly string[]} path behind the version: `models`, or `models` and a name
 * @param {string} key
 */
function listModels(response, wire, [collection, ...model], key) {
  const id = model.join('/');
  response.setHeader('Content-Type', 'application/json');
  if (collection === 'models' && id === '')
    response.writeHead(200).end(JSON.stringify(wire.listing(Object.keys(scenarios))));
  // What OpenRouter tells of a key.
  else if (collection === 'key') response.writeHead(200).end(JSON.stringify({ data: {} }));
  else if (collection === 'models' && id in scenarios) response.writeHead(200).end(JSON.stringify({ id }));
  else failWith(response, wire, scenarios['unknown']?.error, key);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {wires.Wire} wire
 * @param {Scenario['error']} error
 * @param {string} key providers repeat it in what they say, and so does this one
 */
function failWith(response, wire, error, key) {
  if (error === undefined) throw new Error('no such failure');
  const { status, code, retryAfter, exposed, page } = error;
  const message = repeating(error.message, key);
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  if (exposed === true) response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
  response.writeHead(status, { 'Content-Type': page === true ? 'text/html' : 'application/json' });
  response.end(page === true ? HTML + message : JSON.stringify(wire.failure(status, code, message)));
}

/**
 * @param {string} text
 * @param {string} key
 */
function repeating(text, key) {
  return text.replace('KEY', () => key).replace('PART', () => key.slice(0, -6));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {wires.Wire} wire
 * @param {Scenario} scenario
 * @param {string} model
 * @param {string} key
 * @param {number[]} rates
 */
async function stream(response, wire, scenario, model, key, rates) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  const write = writer(response, scenario.framing);
  if (scenario.firstMs !== undefined) await pause(scenario.firstMs);
  await write(wire.begin(model));
  for (const [index, piece] of (scenario.thinking ?? []).entries()) await write(wire.thinking(piece, index));
  if (scenario.tool === true) {
    await write([...wire.tool(), ...wire.end('tool', scenario.usage ?? null)]);
    response.end();
    return;
  }
  await write(wire.answer?.(scenario.thinking !== undefined) ?? []);
  const started = performance.now();
  let first = started;
  for (const [index, piece] of (scenario.text ?? []).entries()) {
    if (response.destroyed || index === scenario.stallAfter) return;
    if (index === scenario.cutAfter) {
      // A browser drops what it has received of a broken connection and not yet handed over: the part gets time to arrive.
      await pause(1000);
      response.destroy();
      return;
    }
    if (index === scenario.endAfter) {
      response.end();
      return;
    }
    if (index === scenario.hugeAfter) {
      await endlessLine(response);
      return;
    }
    if (index === scenario.breakAfter) await write([{ data: repeating('{"this is": no JSON, KEY', key) }]);
    if (index === scenario.errorAfter) {
      await write(wire.error(repeating('the server is overloaded by KEY', key)));
      response.end();
      return;
    }
    if (scenario.rate !== undefined)
      await pause(started + (index * 1000) / scenario.rate - performance.now());
    await write(wire.text(piece, index));
    if (index === 0) first = performance.now();
  }
  rates.push((((scenario.text?.length ?? 0) - 1) * 1000) / (performance.now() - first));
  await write(wire.end(scenario.end ?? 'stop', scenario.usage ?? null));
  response.end();
}

/** @param {import('node:http').ServerResponse} response */
async function endlessLine(response) {
  for (let mebibyte = 0; mebibyte < 6 && !response.destroyed; mebibyte += 1) {
    response.write((mebibyte === 0 ? 'data: ' : '') + 'x'.repeat(1024 * 1024));
    await pause(1);
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Scenario['framing']} framing
 * @returns {(frames: readonly wires.Frame[]) => Promise<void>}
 */
function writer(response, framing) {
  const newline = framing === 'crlf' ? '\r\n' : '\n';
  return async (frames) => {
    for (const { event, data } of frames) {
      const line = typeof data === 'string' ? data : JSON.stringify(data);
      const text =
        (framing === 'comments' ? `: ping${newline}${newline}` : '') +
        (event === undefined ? '' : `event: ${event}${newline}`) +
        `data: ${line}${newline}${newline}`;
      if (framing !== 'split') {
        response.write(text);
        continue;
      }
      // In the middle of characters too: every third byte begins another packet.
      const bytes = Buffer.from(text, 'utf8');
      for (let start = 0; start < bytes.length; start += 3) {
        response.write(bytes.subarray(start, start + 3));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
}

/** @param {number} ms */
function pause(ms) {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
