/** What is shown instead of a blank page where the app could not start. */

import { m } from '../messages/messages.js';

export function showStartFailure(target: HTMLElement, thrown: unknown): void {
  const paragraphs = [
    m.playground_start_failed_what(),
    m.playground_start_failed_next(),
    m.playground_start_failed_detail({ detail: String(thrown) }),
  ].map((text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    return paragraph;
  });
  const alert = document.createElement('main');
  alert.setAttribute('role', 'alert');
  alert.style.padding = 'var(--space-4)';
  alert.replaceChildren(...paragraphs);
  target.replaceChildren(alert);
}
