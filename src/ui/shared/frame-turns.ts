/**
 * Shares the page's frames among all that is drawn again and again: answers that stream, timelines that grow.
 *
 * As long as frames come in time, every frame is everyone's. When they come late, one turn is given a frame, in the
 * order of asking, so that one task never draws six lanes at once and the page keeps answering to the person.
 */

/** Time from one frame to the next from which on frames are late, ms: more than one frame of a 60 Hz screen. */
const LATE_MS = 25;

const waiting: (() => void)[] = [];
let asked = false;
/** Start of the last frame, if it was asked for right after the one before. */
let lastFrameAt: number | undefined;

/** Resolves in a coming frame that is the caller's to draw in. */
export function frameTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (!asked) {
      lastFrameAt = undefined;
      askForFrame();
    }
  });
}

function askForFrame(): void {
  asked = true;
  requestAnimationFrame(giveTurns);
}

function giveTurns(now: number): void {
  const late = lastFrameAt !== undefined && now - lastFrameAt > LATE_MS;
  lastFrameAt = now;
  const turns = waiting.splice(0, late ? 1 : waiting.length);
  for (const take of turns) take();
  // One more frame after the last turn: whoever streams asks again in it, and its delay tells what the turn cost.
  if (turns.length > 0) askForFrame();
  else asked = false;
}
