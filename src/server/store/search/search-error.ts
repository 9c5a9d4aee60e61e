import { FhirProblem } from '#server/problem.ts'

/** A search that cannot be understood: the value, modifier or parameter is malformed. Answered with 400. */
export class SearchError extends FhirProblem {
  constructor(text: string) {
    super(400, 'invalid', text)
    this.name = 'SearchProblem'
  }
}
