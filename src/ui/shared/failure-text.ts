/** What a person reads for each failure: what happened and what it means, and what to do next. */

import type { FailureCode } from '../../domain/failure';
import { m } from '../../messages/messages.js';

export interface FailureText {
  what(): string;
  next(): string;
}

/** Exhaustive by its type: a new failure code does not compile without its words. */
export const failureText: Readonly<Record<FailureCode, FailureText>> = {
  'webgpu-unavailable': { what: m.failure_webgpu_unavailable_what, next: m.failure_webgpu_unavailable_next },
  'feature-missing': { what: m.failure_feature_missing_what, next: m.failure_feature_missing_next },
  'device-lost': { what: m.failure_device_lost_what, next: m.failure_device_lost_next },
  'out-of-memory': { what: m.failure_out_of_memory_what, next: m.failure_out_of_memory_next },
  'model-too-large': { what: m.failure_model_too_large_what, next: m.failure_model_too_large_next },
  'file-missing': { what: m.failure_file_missing_what, next: m.failure_file_missing_next },
  'not-a-model-file': { what: m.failure_not_a_model_file_what, next: m.failure_not_a_model_file_next },
  'architecture-unsupported': {
    what: m.failure_architecture_unsupported_what,
    next: m.failure_architecture_unsupported_next,
  },
  'template-refused': { what: m.failure_template_refused_what, next: m.failure_template_refused_next },
  'model-missing': { what: m.failure_model_missing_what, next: m.failure_model_missing_next },
  network: { what: m.failure_network_what, next: m.failure_network_next },
  'storage-full': { what: m.failure_storage_full_what, next: m.failure_storage_full_next },
  'storage-unavailable': {
    what: m.failure_storage_unavailable_what,
    next: m.failure_storage_unavailable_next,
  },
  'storage-outdated': { what: m.failure_storage_outdated_what, next: m.failure_storage_outdated_next },
  'access-denied': { what: m.failure_access_denied_what, next: m.failure_access_denied_next },
  'file-incomplete': { what: m.failure_file_incomplete_what, next: m.failure_file_incomplete_next },
  'file-damaged': { what: m.failure_file_damaged_what, next: m.failure_file_damaged_next },
  'repository-refused': { what: m.failure_repository_refused_what, next: m.failure_repository_refused_next },
  'worker-died': { what: m.failure_worker_died_what, next: m.failure_worker_died_next },
  'worker-blocked': { what: m.failure_worker_blocked_what, next: m.failure_worker_blocked_next },
  'start-timeout': { what: m.failure_start_timeout_what, next: m.failure_start_timeout_next },
  'stopped-hard': { what: m.failure_stopped_hard_what, next: m.failure_stopped_hard_next },
  'count-timeout': { what: m.failure_count_timeout_what, next: m.failure_count_timeout_next },
  'context-too-long': { what: m.failure_context_too_long_what, next: m.failure_context_too_long_next },
  'context-full': { what: m.failure_context_full_what, next: m.failure_context_full_next },
  'bad-parameter': { what: m.failure_bad_parameter_what, next: m.failure_bad_parameter_next },
  'schema-refused': { what: m.schema_refused_what, next: m.schema_refused_next },
  'provider-missing': { what: m.failure_provider_missing_what, next: m.failure_provider_missing_next },
  'provider-silent': { what: m.failure_provider_silent_what, next: m.failure_provider_silent_next },
  'key-locked': { what: m.failure_key_locked_what, next: m.failure_key_locked_next },
  'key-missing': { what: m.failure_key_missing_what, next: m.failure_key_missing_next },
  'key-rejected': { what: m.failure_key_rejected_what, next: m.failure_key_rejected_next },
  'model-unknown': { what: m.failure_model_unknown_what, next: m.failure_model_unknown_next },
  'rate-limited': { what: m.failure_rate_limited_what, next: m.failure_rate_limited_next },
  'quota-exhausted': { what: m.failure_quota_exhausted_what, next: m.failure_quota_exhausted_next },
  'answer-refused': { what: m.failure_answer_refused_what, next: m.failure_answer_refused_next },
  'request-rejected': { what: m.failure_request_rejected_what, next: m.failure_request_rejected_next },
  'images-refused': { what: m.images_refused_what, next: m.images_refused_next },
  'provider-error': { what: m.failure_provider_error_what, next: m.failure_provider_error_next },
  'not-an-api': { what: m.failure_not_an_api_what, next: m.failure_not_an_api_next },
  'stream-malformed': { what: m.failure_stream_malformed_what, next: m.failure_stream_malformed_next },
  'stream-cut': { what: m.failure_stream_cut_what, next: m.failure_stream_cut_next },
  'api-unreachable': { what: m.failure_api_unreachable_what, next: m.failure_api_unreachable_next },
  'address-insecure': { what: m.failure_address_insecure_what, next: m.failure_address_insecure_next },
  'prompt-empty': { what: m.failure_prompt_empty_what, next: m.failure_prompt_empty_next },
  'engine-error': { what: m.failure_engine_error_what, next: m.failure_engine_error_next },
};
