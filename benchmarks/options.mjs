// @ts-check
/** What the commands of this folder are asked for, checked. */

/** The command was asked for something that there is not: exit code 2. */
export class UsageError extends Error {
  /** @override */
  name = 'UsageError';
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 */
export function wholeNumber(name, text, least) {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least) {
    throw new UsageError(`${name} is a whole number from ${least}, not "${text}"`);
  }
  return value;
}

/**
 * @param {string} option
 * @param {readonly string[]} asked
 * @param {readonly string[]} known
 */
export function knownOnly(option, asked, known) {
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${option} knows no "${unknown}"; it knows ${known.join(', ')}`);
  }
}

/**
 * 2 for a command that was typed wrongly, 1 for one that failed.
 *
 * @param {unknown} error
 */
export function exitCodeOf(error) {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return error instanceof UsageError || String(code).startsWith('ERR_PARSE_ARGS') ? 2 : 1;
}
