import type { Instrument } from '#domain/assessment/instruments/instrument.ts'
import { questionnaireFrom, yesNoItem } from '#domain/assessment/instruments/question-items.ts'
import { instruments, prisma7Items } from '#domain/assessment/instruments.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/** One for each "yes"; 3 or more asks for further review (Raîche 2008; NICE NG56, British Geriatrics Society). */
export const prisma7: Instrument = {
  ...instruments.prisma7,
  title: 'PRISMA-7: living with frailty',
  topic: 'frailty',
  licence: 'pending',
  terms:
    'Developed by the PRISMA research team (Raîche, Hébert, Dubois, 2008). No explicit licence text was found: pending clinical safety sign-off.',
  rule: {
    questionnaire: instruments.prisma7.url,
    versions: [instruments.prisma7.version],
    method: 'count-of-yes',
    items: prisma7Items,
    code: { system: gableCodeSystem, code: 'prisma-7-score', display: 'PRISMA-7 score' },
    bands: [
      {
        ...{ code: 'no-further-review', from: 0, to: 2, name: 'No further review suggested' },
        meaning:
          'Fewer than three “yes” answers. They do not suggest frailty that needs a closer look now.',
      },
      {
        ...{ code: 'further-review', from: 3, to: 7, name: 'Look more closely' },
        meaning:
          'Three or more “yes” answers. This may be frailty, so a further review is advised. It is not a diagnosis.',
      },
    ],
    max: 7,
    source: 'Raîche, Hébert, Dubois. Arch Gerontol Geriatr 2008;47:9–18; NICE NG56',
    caution:
      'It does not say how frail somebody is. Many people with three “yes” answers live well.',
    better: 'lower',
  },
}

const texts: Readonly<Record<(typeof prisma7Items)[number], string>> = {
  '1': 'Are you more than 85 years old?',
  '2': 'Are you male?',
  '3': 'In general, do you have any health problems that require you to limit your activities?',
  '4': 'Do you need someone to help you on a regular basis?',
  '5': 'In general, do you have any health problems that require you to stay at home?',
  '6': 'In case of need, can you count on someone close to you?',
  '7': 'Do you regularly use a stick, walker or wheelchair to get about?',
}

/** Seven yes/no questions. No explicit licence text was found: it has the mark "pending clinical safety sign-off". */
export const prisma7Questionnaire = questionnaireFrom(prisma7, {
  description: 'Seven yes or no questions. Three or more times "yes" asks for a further review.',
  item: prisma7Items.map((linkId) => yesNoItem({ linkId, prefix: linkId, text: texts[linkId] })),
})
