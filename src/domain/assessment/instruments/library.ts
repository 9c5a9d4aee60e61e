import type { ScoreRule } from '#domain/assessment/score-rule.ts'
import type { Instrument } from './instrument.ts'
import { fourAt } from './pending/four-at.ts'
import { prisma7 } from './pending/prisma-7.ts'
import { ucla3 } from './pending/ucla-3.ts'
import { gad7 } from './shipped/gad-7.ts'
import { gaitSpeed } from './shipped/gait-speed.ts'
import { ons4 } from './shipped/ons-4.ts'
import { phq2 } from './shipped/phq-2.ts'
import { phq9 } from './shipped/phq-9.ts'
import { timedUpAndGo } from './shipped/timed-up-and-go.ts'

/** Every instrument of the library, whether it may be used here or not. */
export const library: readonly Instrument[] = [
  ...[phq9, phq2, gad7, ons4, timedUpAndGo, gaitSpeed],
  ...[prisma7, ucla3, fourAt],
]

/** How answers become a number, by questionnaire and version. Never applied to a version it was not written for. */
export const scoreRules: readonly ScoreRule[] = library.flatMap(({ rule }) => rule ?? [])

/** The instrument of a questionnaire, whatever its version. */
export const instrumentAt = (url: string): Instrument | undefined =>
  library.find((each) => each.url === url)
