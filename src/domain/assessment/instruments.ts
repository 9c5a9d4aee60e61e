import { gableUrl } from '#domain/fhir/codes.ts'
/** The questionnaires that ship with Gable. Changed wording or a changed rule makes a new version, never an edit. */
export const instruments = {
  prisma7: {
    id: 'prisma-7',
    url: gableUrl('Questionnaire/prisma-7'),
    version: '1.0',
  },
  phq9: { id: 'phq-9', url: gableUrl('Questionnaire/phq-9'), version: '1.0' },
  whatMatters: {
    id: 'what-matters',
    url: gableUrl('Questionnaire/what-matters'),
    version: '1.0',
  },
} as const

/** LOINC item codes of PHQ-9 in order, and the answer list, scored 0 to 3 (LOINC panel 44249-1). */
export const phq9Items = [
  '44250-9',
  '44255-8',
  '44259-0',
  '44254-1',
  '44251-7',
  '44258-2',
  '44252-5',
  '44253-3',
  '44260-8',
] as const

export const phq9Answers = [
  { code: 'LA6568-5', display: 'Not at all' },
  { code: 'LA6569-3', display: 'Several days' },
  { code: 'LA6570-1', display: 'More than half the days' },
  { code: 'LA6571-9', display: 'Nearly every day' },
] as const

/** Thoughts of being better off dead or of self-harm. */
export const phq9Item9 = '44260-8'

export const prisma7Items = ['1', '2', '3', '4', '5', '6', '7'] as const
