import { builtInVersion } from '#domain/outcome/built-in-measures.ts'
import type { MeasureDefinition } from '#domain/outcome/measure-definition.ts'
import type { KeptResult } from './kept-results.ts'

/** A new version of what the partners agreed to changes its words or target, not how Gable counts. */
export function resultsOfMeasure(
  { builtIn, id, version }: Pick<MeasureDefinition, 'builtIn' | 'id' | 'version'>,
  results: readonly KeptResult[],
): readonly KeptResult[] {
  const [name, counted] = builtIn ? [builtIn, builtInVersion] : [id, version]
  return results.filter((each) => each.measure === name && each.version === counted)
}
