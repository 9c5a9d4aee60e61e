import type {
  AllergyIntolerance,
  CarePlan,
  Condition,
  DocumentReference,
  EpisodeOfCare,
  Flag,
  HealthcareService,
  MedicationRequest,
  MedicationStatement,
  Observation,
  Organization,
  Patient,
  RelatedPerson,
  Resource,
} from '@medplum/fhirtypes'
import { type ServiceHours, serviceHoursFrom } from '#domain/contact/service-hours.ts'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'
import { type CareHome, withHome } from '#domain/home/care-home.ts'
import { homePlaceFrom } from '#domain/home/home-place.ts'
import { contactSheetFrom, numbers } from '#domain/person/contact-sheet.ts'
import { allergiesFromFhir, personFromFhir } from '#domain/person/fhir.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { aboutMeCodes } from '#domain/plan/about-me-codes.ts'
import { crisisFromFhir } from '#domain/plan/crisis/crisis-fhir.ts'
import { type CrisisPart, crisisLines } from '#domain/plan/crisis/crisis-plan.ts'
import { isWhatIf } from '#domain/plan/fhir.ts'
import type { WhatIfLevel, WhatIfStep } from '#domain/plan/plan.ts'
import { conditionsNow } from '#domain/record/person-record.ts'
import { carerIllFromFhir, isCarerIll } from './carer-ill.ts'
import { numbersByDay } from './numbers-now.ts'
import { isOpenCase, planHolder } from './plan-holder.ts'
import { whatIfFromFhir } from './what-if-fhir.ts'
import { type WishPart, wishParts } from './wish-codes.ts'
import {
  isWish,
  isWishDocument,
  type WishDocumentSort,
  wishDocumentFromFhir,
  wishFromFhir,
} from './wishes.ts'

/** What somebody who helps in an emergency has to know first, and nothing else. No NHS number. */
export type Essentials = Readonly<{
  name: string
  birthDate: string
  /** nothing was recorded about allergies, or that there are none */
  allergies: Readonly<{ known: boolean; list: readonly string[] }>
  illnesses: readonly string[]
  /** how the person lives, and what they are at risk of: good to know for whoever helps */
  circumstances: readonly string[]
  medicines: readonly string[]
  amber?: WhatIfStep
  red?: WhatIfStep
  /** what to do in one situation, each in a sentence of its own */
  situations: readonly Readonly<{ level: WhatIfLevel; words: string }>[]
  /** what is agreed for a crisis in mental health */
  crisis: readonly Readonly<{ part: CrisisPart; words: string }>[]
  /** `isHomeAtNight`: the number of the care home at night */
  nextOfKin: readonly Readonly<{
    name: string
    relation: string
    phone: string
    isHomeAtNight: boolean
  }>[]
  /** carers who are said to be ill, and who steps in */
  carersIll: readonly Readonly<{ name: string; stepIn: readonly string[] }>[]
  /** the care home in which the person lives: its name, street, town and postcode */
  livesAt?: string
  communication: string
  /** what matters most, in the person’s words */
  matters: string
  /** who has the whole plan, and how to reach them */
  wholePlan: Readonly<{ coordinator: string; organisation: string; phone: string }>
  /** when the number for the day is answered; absent: not recorded */
  hours?: ServiceHours
  wishes: readonly Readonly<{ part: WishPart; words: string }>[]
  documents: readonly Readonly<{
    sort: WishDocumentSort
    signedOn: string
    keptAt: string
    decider: string
  }>[]
}>

/** The records that it is made from. */
export const essentialTypes = [
  ...(['Patient', 'AllergyIntolerance', 'MedicationRequest', 'MedicationStatement'] as const),
  ...(['CarePlan', 'EpisodeOfCare', 'RelatedPerson', 'Observation', 'DocumentReference'] as const),
  ...(['Condition', 'Flag'] as const),
] as const

/** False for a record of such a type that says nothing here: a need, a colour of the day, an alert. */
export const isEssential = (record: Resource): boolean => {
  if (record.resourceType === 'Condition') {
    const { illnesses, circumstances } = conditionsNow([record])
    return illnesses.length + circumstances.length > 0
  }
  return record.resourceType !== 'Flag' || carersIllIn([record]).length > 0
}

/** From the records of one person that the reader may see; undefined without the person’s own. */
export function essentialsFrom(
  records: readonly Resource[],
  today: string,
): Essentials | undefined {
  const of = <R extends Resource>(type: R['resourceType']) =>
    records.filter((each) => each.resourceType === type) as unknown as R[]
  const [stored] = of<Patient>('Patient')
  if (!stored) return undefined
  const patient = withHome(stored, records)
  const person = personFromFhir(patient, today)
  const observations = of<Observation>('Observation')
  const allergies = allergiesFromFhir(of<AllergyIntolerance>('AllergyIntolerance'))
  const worse = worseIn(of<CarePlan>('CarePlan'), of<EpisodeOfCare>('EpisodeOfCare'))
  const sheet = contactSheetFrom({ patient, relatives: of<RelatedPerson>('RelatedPerson'), today })
  return {
    name: nameInWords(patient.name, today),
    birthDate: person.birthDate ?? '',
    allergies: { known: allergies.known, list: allergies.known ? allergies.list : [] },
    ...conditionsNow(of<Condition>('Condition')),
    medicines: [
      ...of<MedicationRequest>('MedicationRequest'),
      ...of<MedicationStatement>('MedicationStatement'),
    ].flatMap(medicineIn),
    ...worse,
    nextOfKin: [
      ...sheet.others.flatMap(({ name, relation, phones: [first] }) =>
        first ? [{ name, relation, phone: first.value, isHomeAtNight: false }] : [],
      ),
      ...nightIn(sheet.home),
    ],
    carersIll: carersIllIn(of<Flag>('Flag')),
    ...given('livesAt', homeAddressIn(sheet.home, of<Organization>('Organization'))),
    communication: person.communication ?? ownWordsIn(observations, 'communicate'),
    matters: ownWordsIn(observations, 'most-important'),
    wholePlan: wholePlanIn(patient, of<EpisodeOfCare>('EpisodeOfCare'), {
      organisations: of<Organization>('Organization'),
      today,
    }),
    ...given(
      'hours',
      serviceHoursFrom(
        of<HealthcareService>('HealthcareService'),
        numbersByDay(worse),
        of<Organization>('Organization'),
      ),
    ),
    wishes: wishesIn(observations),
    documents: of<DocumentReference>('DocumentReference').flatMap(documentIn),
  }
}

/** A home that is called under another number at night. */
function nightIn(home: CareHome | undefined): Essentials['nextOfKin'] {
  if (!home?.nightPhone || !home.phone) return []
  return [{ name: home.name, relation: '', phone: home.nightPhone, isHomeAtNight: true }]
}

/** Where an ambulance finds the person. Only the record of the home has it. */
function homeAddressIn(
  home: CareHome | undefined,
  organisations: readonly Organization[],
): string | undefined {
  const found = organisations.find(({ id }) => home?.place !== undefined && id === home.place)
  if (!found) return undefined
  const { name, address, postcode } = homePlaceFrom(found)
  return address || postcode ? [name, address, postcode].filter(Boolean).join(', ') : undefined
}

const running = ['active', 'on-hold', 'intended', 'unknown']

function medicineIn(record: MedicationRequest | MedicationStatement): readonly string[] {
  const { status, medicationCodeableConcept: concept } = record
  const words = concept?.text ?? concept?.coding?.[0]?.display ?? ''
  return words && running.includes(status ?? 'unknown') ? [words] : []
}

function worseIn(
  plans: readonly CarePlan[],
  episodes: readonly EpisodeOfCare[],
): Pick<Essentials, 'amber' | 'red' | 'situations' | 'crisis'> {
  const open = episodes.find(isOpenCase)
  const isOfCase = (plan: CarePlan) =>
    !open || plan.supportingInfo?.some((each) => idIn(each.reference) === open.id)
  const plan = plans.find((each) => isWhatIf(each) && isOfCase(each))
  if (!plan) return { situations: [], crisis: [] }
  const { amber, red, situations = [] } = whatIfFromFhir(plan)
  return {
    ...given('amber', unlessSilent(amber)),
    ...given('red', unlessSilent(red)),
    situations: situations.map(({ level, words }) => ({ level, words })),
    crisis: crisisLines(crisisFromFhir(plan)).map(({ part, words }) => ({ part, words })),
  }
}

const unlessSilent = (step: WhatIfStep) =>
  step.sign || step.doWhat || step.ring ? step : undefined

/** Who steps in is what was set off then, after the call to the carer. */
function carersIllIn(flags: readonly Flag[]): Essentials['carersIll'] {
  return flags
    .filter(isCarerIll)
    .flatMap((flag) => carerIllFromFhir(flag) ?? [])
    .filter(({ isOver }) => !isOver)
    .map(({ carer, setOff }) => ({
      name: carer.name,
      stepIn: setOff
        .slice(1)
        .flatMap(({ who, what, phone }) =>
          who ? [`${[who, phone].filter(Boolean).join(', ')}: ${what}`] : [],
        ),
    }))
}

function wishesIn(observations: readonly Observation[]): Essentials['wishes'] {
  const said = observations.filter(isWish).map(wishFromFhir)
  return wishParts.flatMap((part) => {
    const words = said.find((each) => each.part === part)?.words.trim()
    return words ? [{ part, words }] : []
  })
}

const ownWordsIn = (
  observations: readonly Observation[],
  section: 'communicate' | 'most-important',
) =>
  observations.find(({ code }) => code.coding?.some((each) => each.code === aboutMeCodes[section]))
    ?.valueString ?? ''

function wholePlanIn(
  patient: Patient,
  episodes: readonly EpisodeOfCare[],
  around: Readonly<{ organisations: readonly Organization[]; today: string }>,
): Essentials['wholePlan'] {
  const holder = planHolder(patient, episodes)
  const record = around.organisations.find(({ id }) => id === idIn(holder?.reference))
  return {
    coordinator: episodes.find(isOpenCase)?.careManager?.display ?? '',
    organisation: record?.name ?? holder?.display ?? '',
    phone: numbers(record?.telecom, around.today).phones[0]?.value ?? '',
  }
}

function documentIn(record: DocumentReference): Essentials['documents'] {
  const document = isWishDocument(record) ? wishDocumentFromFhir(record) : undefined
  if (!document) return []
  const { sort, signedOn = '', keptAt, decider } = document
  return [{ sort, signedOn, keptAt, decider }]
}
