/** Height of the comparison's heading, which stays in view at the lower edge over what is there, px. */
export const COMPARISON_STRIP_PX = 44;
