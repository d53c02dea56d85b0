/** What a person reads of a schema that cannot be used: what is wrong, and what to do. */

import { MAX_SCHEMA_CHARACTERS, MAX_SCHEMA_COUNT, type SchemaProblem } from '../../domain/json-schema';
import { m } from '../../messages/messages.js';
import { formatInteger } from '../shared/format';

export function schemaProblemText(problem: SchemaProblem): string {
  switch (problem.kind) {
    case 'empty':
      return m.schema_problem_empty();
    case 'too-long':
      return m.schema_problem_too_long({
        length: formatInteger(problem.length),
        most: formatInteger(MAX_SCHEMA_CHARACTERS),
      });
    case 'not-json':
      return m.schema_problem_not_json({ detail: problem.detail });
    case 'too-deep':
      return m.schema_problem_too_deep();
    case 'not-an-object':
      return m.schema_problem_not_an_object();
    case 'not-a-schema':
      return m.schema_problem_not_a_schema({ path: problem.path });
    case 'no-type':
      return m.schema_problem_no_type({ path: problem.path });
    case 'keyword':
      return m.schema_problem_keyword({
        keyword: problem.keyword,
        path: problem.path,
        known: problem.known.join(', '),
      });
    case 'value':
      return m.schema_problem_value({
        keyword: problem.keyword,
        path: problem.path,
        most: formatInteger(MAX_SCHEMA_COUNT),
      });
  }
}
