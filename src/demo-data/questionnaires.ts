import type { Questionnaire } from '@medplum/fhirtypes'
import { libraryQuestionnaires } from '#domain/assessment/instruments/library-questionnaires.ts'
import { afterQuestionnaire, prepareQuestionnaire } from '#domain/preparation/prompts.ts'
import { whatMatters } from './vocabulary/what-matters.ts'

/** What can be asked in the demonstration: the library, and our own questions about what matters. */
export const demoQuestionnaires: Questionnaire[] = [
  ...libraryQuestionnaires,
  ...[whatMatters, prepareQuestionnaire, afterQuestionnaire],
]
