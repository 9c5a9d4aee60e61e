import { measure } from '#domain/case/measures.ts'
import {
  boolean,
  code,
  day,
  group,
  type In,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** What a record of a person can lack, in the order in which it is shown. */
export const qualityGaps = [
  'noNumber',
  'uncheckedNumber',
  'noBirthDate',
  'noSex',
  'noAddress',
  'noPhone',
  'noEthnicity',
  'noLanguage',
  'noPractice',
  'noCodes',
  'unmapped',
  'old',
] as const
export type QualityGap = (typeof qualityGaps)[number]

/** A record of a person that nobody wrote for so long is called old: our own figure. */
export const oldAfterYears = 2

/** The answer of `Patient/$data-quality`: for each source of people, what their records lack. */
export const dataQuality = parameters({
  /** counts in fives */
  rounded: boolean,
  sources: list(
    group({
      /** `here`: written here, or corrected here since; `file`: as a file brought it; `system`: as `system` names itself; `other`: sources of too few people, together */
      kind: code,
      system: optional(text),
      /** the organisation that brought or wrote them */
      organisation: optional(text),
      people: measure,
      /** all records about these people that this source wrote; absent: several sources together */
      records: optional(measure),
      /** the day of the last of them */
      last: optional(day),
      gaps: list(group({ gap: code, people: measure })),
    }),
  ),
})

export type DataQuality = In<typeof dataQuality>
