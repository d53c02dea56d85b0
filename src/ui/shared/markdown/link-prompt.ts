import { createContext } from 'svelte';
import type { LinkAddress } from './link-address';

/** Given by `Markdown` to the links in it: asks the person before anything is opened. */
export const [getLinkPrompt, setLinkPrompt] = createContext<(address: LinkAddress) => void>();
