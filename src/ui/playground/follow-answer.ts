/** Keeps the answer that is being written in view, until the person scrolls away from it. */

import { COMPARISON_STRIP_PX } from './comparison-strip';

/** Room kept below the line that is followed, px. */
const MARGIN = 16;

/** An attachment for the element that scrolls. The answer is the one in `data-state="running"`. */
export function followAnswer(scroller: HTMLElement): () => void {
  let following = true;
  /** What has just been opened or finished still grows: formatted text, figures, the offer below it. */
  let settling = true;

  const runningAnswer = () => scroller.querySelector('[data-state="running"]');

  /** Lanes that lie beside what is shown are not followed: their length says nothing about it. */
  function isBeside(element: Element): boolean {
    const frame = scroller.getBoundingClientRect();
    const { left, right } = element.getBoundingClientRect();
    return right <= frame.left + 1 || left >= frame.right - 1;
  }

  /** Where `answer` ends, px. Details that were opened below it are to be read, not to be scrolled past. */
  function endOf(answer: Element): number {
    const details = answer.querySelector('[data-details="open"]');
    return details === null ? answer.getBoundingClientRect().bottom : details.getBoundingClientRect().top;
  }

  /** How far to scroll so that the end of `answer` is in view; 0 where it is. */
  function distance(answer: Element): number {
    if (isBeside(answer)) return 0;
    const frame = scroller.getBoundingClientRect();
    const end = endOf(answer) + MARGIN;
    if (end > frame.bottom) return end - frame.bottom;
    return Math.min(0, end - frame.top - frame.height / 3);
  }

  /** How far down the end of the latest answers is, where it is out of view. */
  function distanceToLatest(): number {
    const latest = [...scroller.querySelectorAll('.exchange:last-child > [data-state]')].filter(
      (answer) => !isBeside(answer),
    );
    const end = Math.max(0, ...latest.map(endOf));
    const free = scroller.getBoundingClientRect().bottom - COMPARISON_STRIP_PX - MARGIN;
    return Math.max(0, end - free);
  }

  const observer = new ResizeObserver(() => {
    const answer = runningAnswer();
    if (answer !== null) {
      settling = following;
      if (following) scroller.scrollTop += distance(answer);
    } else if (settling) {
      scroller.scrollTop += distanceToLatest();
    }
  });
  // What the person does is over by the next frame: the end is in view then, or they went elsewhere.
  const onintent = () => {
    settling = false;
    requestAnimationFrame(() => {
      const answer = runningAnswer();
      following = answer === null || Math.abs(distance(answer)) < 2 * MARGIN;
    });
  };
  const intents = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;
  for (const intent of intents) scroller.addEventListener(intent, onintent, { passive: true });
  if (scroller.firstElementChild !== null) observer.observe(scroller.firstElementChild);
  return () => {
    observer.disconnect();
    for (const intent of intents) scroller.removeEventListener(intent, onintent);
  };
}
