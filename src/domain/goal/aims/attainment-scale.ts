import type { Extension, Goal as FhirGoal } from '@medplum/fhirtypes'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import { type AttainmentLevel, attainmentLevels } from '#domain/goal/said/attainment.ts'

/** The words of the five levels, the lowest first; absent if the levels were not written yet. */
export type ScaleOfGoal = Readonly<{
  levels?: readonly string[]
  /** counted by the service: changed words after a score start a new scale */
  scale?: number
}>

const name = 'attainment-scale'

const part = (extension: Extension | undefined, url: string) =>
  extension?.extension?.find((each) => each.url === url)

function wordsAt(scale: Extension | undefined, level: AttainmentLevel): string {
  const found = scale?.extension?.find(
    (each) => each.url === 'level' && part(each, 'score')?.valueInteger === level,
  )
  return part(found, 'words')?.valueString ?? ''
}

export function scaleFromFhir(goal: FhirGoal): ScaleOfGoal {
  const scale = extensionOf(goal, name)
  if (!scale) return {}
  const levels = attainmentLevels.map((level) => wordsAt(scale, level))
  return {
    ...(levels.some(Boolean) ? { levels } : {}),
    scale: part(scale, 'number')?.valueInteger ?? 1,
  }
}

/** For `withExtensions`: the scale as an extension, or none. */
export function scaleExtension(goal: ScaleOfGoal): readonly Omit<Extension, 'url'>[] {
  const { levels, scale } = goal
  if (!levels?.some(Boolean) && scale === undefined) return []
  return [
    {
      extension: [
        { url: 'number', valueInteger: scale ?? 1 },
        ...attainmentLevels.flatMap((score, at) =>
          levels?.[at]
            ? [
                {
                  url: 'level',
                  extension: [
                    { url: 'score', valueInteger: score },
                    { url: 'words', valueString: levels[at] },
                  ],
                },
              ]
            : [],
        ),
      ],
    },
  ]
}

type WholeScale = Readonly<{ levels: readonly string[] }>

/** True when each of the five levels has words: then it can be scored. */
export const isWholeScale = (goal: ScaleOfGoal): goal is ScaleOfGoal & WholeScale =>
  goal.levels !== undefined &&
  goal.levels.length === attainmentLevels.length &&
  goal.levels.every((each) => each.trim() !== '')

/** True if two versions of a goal have other words on their levels. */
export const isOtherScale = (one: ScaleOfGoal, other: ScaleOfGoal): boolean =>
  attainmentLevels.some((_level, at) => (one.levels?.[at] ?? '') !== (other.levels?.[at] ?? ''))

export const attainmentScaleName = name
