import { addDays } from '#domain/calendar/days.ts'
import { builtInMeasures } from '#domain/outcome/built-in-measures.ts'
import type {
  BuiltInMeasure,
  MeasureDefinition,
  PartnerAnswer,
} from '#domain/outcome/measure-definition.ts'

const answer = (
  organisation: string,
  [name, by]: readonly [name: string, by: string],
  on: string,
): PartnerAnswer => ({ organisation, name, yes: true, by, on, words: '' })

const brook = ['Brook Surgery', 'Ruth Adler'] as const
const council = ['Riverside Council', 'Helen Marsh'] as const
const hospital = ['St Anne’s Hospital', 'Owen Pryce'] as const

const targets: readonly (readonly [BuiltInMeasure, number])[] = [
  ['wellbeing', 75],
  ['promises-kept', 85],
  ['goals-reached', 65],
  ['readmissions-30', 12],
  ['carer-strain', 9],
]

/** Five measures that the partners of the demonstration agreed to, and one that waits for the hospital. */
export function demoMeasures(asOf: string): readonly MeasureDefinition[] {
  const agreedOn = addDays(asOf, -230)
  const agreed = targets.map(
    ([builtIn, target], place): MeasureDefinition => ({
      ...{ ...builtInMeasures[builtIn], id: builtIn, version: '1', builtIn, target },
      place: place + 1,
      ...{ state: 'agreed', agreedOn, proposal: undefined },
      agreedBy: [
        answer('brook-surgery', brook, addDays(asOf, -236)),
        answer('riverside-council', council, addDays(asOf, -233)),
        answer('st-annes-hospital', hospital, agreedOn),
      ],
    }),
  )
  return [
    ...agreed,
    {
      ...{ ...builtInMeasures['contacted-48h'], id: 'contacted-48h', version: '1' },
      ...{ builtIn: 'contacted-48h', target: 90, state: 'proposed', agreedOn: undefined },
      ...{ agreedBy: [], place: targets.length + 1 },
      proposal: {
        ...{ kind: 'add', by: 'Ruth Adler', on: addDays(asOf, -19) },
        why: 'Whoever is called in the first two days comes back less often. We want to see whether we do it.',
        answers: [
          answer('brook-surgery', brook, addDays(asOf, -19)),
          answer('riverside-council', council, addDays(asOf, -12)),
        ],
      },
    },
  ]
}
