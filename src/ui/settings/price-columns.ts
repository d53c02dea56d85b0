/** The rates of a price, in the order in which they are shown. */

import type { TokenPrices } from '../../domain/cost';
import { m } from '../../messages/messages.js';

export const priceColumns = [
  { name: 'input', label: m.settings_price_input },
  { name: 'cacheRead', label: m.settings_price_cache_read },
  { name: 'cacheWrite', label: m.settings_price_cache_write },
  { name: 'output', label: m.settings_price_output },
] as const satisfies readonly { name: keyof TokenPrices; label: () => string }[];
