import type { CarePlan, Extension } from '@medplum/fhirtypes'
import { extensionsOf, given, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { WatchedTrend } from './find-trends.ts'
import { type TrendRuleCode, trendRuleOf } from './trend-rules.ts'

const name = 'trend-rule'

const partOf = (each: Extension, url: string) => each.extension?.find((one) => one.url === url)

/** The rules about trends that were agreed in a plan. One that this version does not know is left out, and stays in the record. */
export const watchedTrends = (carePlan: CarePlan): readonly WatchedTrend[] =>
  extensionsOf(carePlan, name).flatMap((each) => {
    const code = partOf(each, 'code')?.valueCode ?? ''
    const rule = trendRuleOf(code, partOf(each, 'version')?.valueString ?? '')
    return rule ? [{ rule, ...given('since', partOf(each, 'since')?.valueDateTime) }] : []
  })

/** The plan with this rule watched from now on, in its place if it was; `undefined` takes it out. */
export function withWatchedTrend(
  carePlan: CarePlan,
  code: TrendRuleCode,
  watched: Readonly<{ version: string; since: string }> | undefined,
): CarePlan & { id: string } {
  const others = extensionsOf(carePlan, name).filter(
    (each) => partOf(each, 'code')?.valueCode !== code,
  )
  const next = watched && {
    extension: [
      { url: 'code', valueCode: code },
      { url: 'version', valueString: watched.version },
      { url: 'since', valueDateTime: watched.since },
    ],
  }
  const { extension: _before, ...rest } = carePlan
  return {
    ...rest,
    id: carePlan.id ?? '',
    ...withExtensions(carePlan, { [name]: [...others, ...(next ? [next] : [])] }),
  }
}
