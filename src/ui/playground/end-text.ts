/** What is said of how an answer ended. */

import type { AnswerEnd } from '../../domain/conversation';
import { m } from '../../messages/messages.js';

/** How an answer ended, in a word. */
export function endState(end: AnswerEnd): string {
  switch (end) {
    case 'stop':
    case 'length':
      return m.lane_state_answered();
    case 'stopped':
      return m.lane_state_stopped();
    case 'failed':
      return m.lane_state_failed();
    case 'interrupted':
      return m.lane_state_interrupted();
  }
}

/** What is said of an answer's end; undefined where there is nothing to say. */
export function endText(end: AnswerEnd): string | undefined {
  switch (end) {
    case 'stop':
    case 'failed':
      return undefined;
    case 'length':
      return m.lane_end_length();
    case 'stopped':
      return m.lane_end_stopped();
    case 'interrupted':
      return m.lane_end_interrupted();
  }
}
