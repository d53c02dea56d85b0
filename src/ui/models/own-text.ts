/** What a person reads where a model of their own is not taken: what is wrong, and what to do next. */

import type { OwnModelRefused } from '../../catalog/own/refusal';
import { m } from '../../messages/messages.js';
import { hubAccess } from '../../state/hub-access';
import { engineName } from '../shared/engine-name';
import { failureText, type FailureText } from '../shared/failure-text';
import { formatBytes } from '../shared/format';
import { tokenDeniedText } from './storage-text';

export function refusalText({ refusal, failure }: OwnModelRefused): FailureText {
  switch (refusal.kind) {
    case 'not-an-address':
      return { what: m.own_not_an_address_what, next: m.own_not_an_address_next };
    case 'insecure-address':
      return { what: () => m.own_insecure_what(refusal), next: m.own_insecure_next };
    case 'unknown-repository':
      return { what: () => m.own_unknown_repository_what(refusal), next: m.own_unknown_repository_next };
    case 'gated':
      return hubAccess.given
        ? tokenDeniedText
        : { what: () => m.own_gated_what(refusal), next: m.own_gated_next };
    case 'unreachable':
      return { what: () => m.own_unreachable_what(refusal), next: m.own_unreachable_next };
    case 'no-model':
      return { what: () => m.own_no_model_what(refusal), next: m.own_no_model_next };
    case 'in-parts': {
      const { file, parts } = refusal;
      return { what: () => m.own_in_parts_what({ file, parts }), next: m.own_in_parts_next };
    }
    case 'part-missing':
      return { what: () => m.own_part_missing_what(refusal), next: m.own_part_missing_next };
    case 'projector-alone':
      return { what: () => m.own_projector_alone_what(refusal), next: m.own_projector_alone_next };
    case 'nothing-dropped':
      return { what: m.own_nothing_dropped_what, next: m.own_nothing_dropped_next };
    case 'file-missing':
      return { what: () => m.own_file_missing_what(refusal), next: m.own_file_missing_next };
    case 'broken-file':
      return { what: () => m.own_broken_file_what(refusal), next: m.own_broken_file_next };
    case 'architecture': {
      const { architecture } = refusal;
      const engine = engineName(refusal.engine);
      return {
        what: () => m.own_architecture_what({ architecture, engine }),
        next: m.own_architecture_next,
      };
    }
    case 'precision':
      return { what: () => m.own_precision_what(refusal), next: m.own_precision_next };
    case 'template-missing':
      return { what: m.own_template_missing_what, next: m.own_template_missing_next };
    case 'template-broken':
      return { what: m.own_template_broken_what, next: m.own_template_broken_next };
    case 'too-large': {
      const [needs, offers] = [formatBytes(refusal.needs), formatBytes(refusal.offers)];
      return { what: () => m.own_too_large_what({ needs, offers }), next: m.own_too_large_next };
    }
    case 'failed':
      return failureText[failure.code];
  }
}
