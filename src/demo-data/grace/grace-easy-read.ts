import type { Communication, Patient } from '@medplum/fhirtypes'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { at } from '#demo-data/vocabulary/codes.ts'
import { easySources } from '#domain/plan/easy-read/easy-entries.ts'
import type { EasyLine } from '#domain/plan/easy-read/easy-read.ts'
import { easyReadToMessage, withRetold } from '#domain/plan/easy-read/easy-read-message.ts'
import { houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists } from '#domain/plan/house/house-records.ts'
import { karen } from './grace-people.ts'

type Retold = readonly [source: string, detail: string, lines: readonly EasyLine[]]

const retellings: readonly Retold[] = [
  [
    ...(['Goal/goal-g1', ''] as const),
    [
      { words: 'I want to walk to church.', picture: 'church' },
      { words: 'Someone walks with me.', picture: 'together' },
    ],
  ],
  ['Goal/goal-g2', '', [{ words: 'I want to sleep past 5 in the morning.', picture: 'bed' }]],
  [
    ...(['CareTeam/team-case-3f9c27d1', 'Practitioner/amina-yusuf'] as const),
    [{ words: 'Amina is my nurse. She looks after my plan.', picture: 'nurse' }],
  ],
  ['Task/act-g3', '', [{ words: 'Tom walks with me, twice a week.', picture: 'frame' }]],
  [
    'ServiceRequest/service-g1',
    '',
    [{ words: 'On Tuesday I eat at the lunch club.', picture: 'food' }],
  ],
  ['CarePlan/whatif-case-3f9c27d1', 'green', [{ words: 'It is a usual day.', picture: 'cup' }]],
  [
    ...(['CarePlan/whatif-case-3f9c27d1', 'red'] as const),
    [{ words: 'I cannot finish a sentence.', picture: 'ambulance' }],
  ],
]

/** The plan changed after this was made: the line is not shown any more. */
const outdated: Retold = [
  ...(['ServiceRequest/service-g0', ''] as const),
  [{ words: 'Carers come to my house 3 times a day.', picture: 'house' }],
]

/** What Karen and Grace made easy to read together. */
export function* graceEasyRead(
  records: readonly SeedRecord[],
  patient: Patient & { id: string },
  {
    day,
    versionOf,
  }: Readonly<{ day: (count: number) => string; versionOf: (name: string) => number }>,
): Generator<Communication & { id: string }> {
  const today = day(0)
  const house = houseFromFhir({ ...houseLists(records), patient }, { today })
  const sources = easySources(house, { sayDay: String, today })
  const by = { reference: karen.reference, name: 'Karen Lee', voice: 'professional' } as const
  for (const [index, [source, detail, lines]] of [...retellings, outdated].entries()) {
    const found = sources.find((each) => each.source === source && each.detail === detail)
    if (!found) continue
    const message = easyReadToMessage({
      ...{
        id: `easy-g${index}`,
        person: patient.id,
        source,
        detail,
        version: String(versionOf(source)),
        lines,
      },
      ...{ withPerson: true, by, at: at(day(-12)) },
    })
    yield withRetold(
      message,
      lines === outdated[2] ? 'Brightway home care\n3 visits a day' : found.text,
    )
  }
}
