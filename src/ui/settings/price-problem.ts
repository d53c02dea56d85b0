/** Why what stands in a field for a price is not taken. */

import { m } from '../../messages/messages.js';
import { formatInteger } from '../shared/format';

/** What the browser says of a field (`ValidityState`), as far as numbers go. */
type Validity = Pick<ValidityState, 'rangeUnderflow' | 'rangeOverflow' | 'stepMismatch' | 'valid'>;

interface Field {
  readonly least: number;
  readonly most: number;
  /** What goes on counting in its place, where anything does. */
  readonly counting: number | undefined;
}

/** Undefined where it is taken. */
export function priceProblem(validity: Validity, field: Field): string | undefined {
  if (validity.valid) return undefined;
  const problem = whatIsWrong(validity, field);
  return field.counting === undefined
    ? m.price_still_none({ problem })
    : m.price_still({ problem, value: String(field.counting) });
}

function whatIsWrong(validity: Validity, { least, most }: Field): string {
  if (validity.rangeUnderflow) return m.price_too_low({ least: formatInteger(least) });
  if (validity.rangeOverflow) return m.price_too_high({ most: formatInteger(most) });
  return validity.stepMismatch ? m.price_not_whole() : m.price_not_number();
}
