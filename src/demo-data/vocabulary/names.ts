import type { Random } from '#demo-data/random.ts'

/** Given and family names of fictional people, in the mix of a large English town. Pairs are drawn at random. */
type NameGroup = Readonly<{
  share: number
  family: readonly [string, ...string[]]
  female: readonly [string, ...string[]]
  male: readonly [string, ...string[]]
  language?: string
  /** ethnic category of the census, as the NHS codes it */
  ethnicity: readonly [code: string, display: string]
}>

const groups: readonly NameGroup[] = [
  {
    ethnicity: ['A', 'White British'],
    share: 68,
    family: [
      'Allen',
      'Baker',
      'Bennett',
      'Carter',
      'Clarke',
      'Cole',
      'Davies',
      'Dunn',
      'Evans',
      'Fletcher',
      'Green',
      'Griffiths',
      'Hall',
      'Harris',
      'Hughes',
      'Jackson',
      'Kerr',
      'Lewis',
      'Marsh',
      'Mills',
      'Morgan',
      'Murphy',
      'Newton',
      'Owen',
      'Palmer',
      'Parker',
      'Price',
      'Reid',
      'Roberts',
      'Shaw',
      'Simpson',
      'Stone',
      'Taylor',
      'Thompson',
      'Turner',
      'Walker',
      'Ward',
      'Webb',
      'Wood',
      'Wright',
    ],
    female: [
      'Ann',
      'Audrey',
      'Barbara',
      'Beryl',
      'Carol',
      'Christine',
      'Doreen',
      'Dorothy',
      'Eileen',
      'Elaine',
      'Gwyneth',
      'Hazel',
      'Irene',
      'Jean',
      'Joan',
      'Kathleen',
      'Linda',
      'Margaret',
      'Maureen',
      'Nora',
      'Pamela',
      'Rita',
      'Sheila',
      'Sylvia',
      'Wendy',
    ],
    male: [
      'Alan',
      'Albert',
      'Arthur',
      'Brian',
      'Colin',
      'David',
      'Dennis',
      'Derek',
      'Eric',
      'Frank',
      'George',
      'Gordon',
      'Harold',
      'Huw',
      'Ivor',
      'Jack',
      'Keith',
      'Kenneth',
      'Leonard',
      'Norman',
      'Peter',
      'Raymond',
      'Ronald',
      'Stanley',
      'Trevor',
    ],
  },
  {
    ethnicity: ['L', 'Any other Asian background'],
    share: 14,
    family: [
      'Ahmed',
      'Begum',
      'Chowdhury',
      'Hussain',
      'Iqbal',
      'Kaur',
      'Khan',
      'Malik',
      'Mehta',
      'Miah',
      'Rahman',
      'Shah',
      'Sharma',
      'Singh',
      'Uddin',
    ],
    female: [
      'Amrit',
      'Balvinder',
      'Fatima',
      'Hasina',
      'Jasbir',
      'Khadija',
      'Meena',
      'Nasreen',
      'Parveen',
      'Rahima',
      'Sunita',
      'Zainab',
    ],
    male: [
      'Abdul',
      'Arjun',
      'Balbir',
      'Farid',
      'Harjit',
      'Imran',
      'Mohan',
      'Rashid',
      'Salim',
      'Sanjay',
      'Tariq',
      'Yusuf',
    ],
    language: 'ur',
  },
  {
    ethnicity: ['N', 'Black African'],
    share: 8,
    family: [
      'Adeyemi',
      'Bailey',
      'Boateng',
      'Campbell',
      'Eze',
      'Francis',
      'Grant',
      'Mensah',
      'Nwosu',
      'Okoro',
      'Owusu',
      'Samuels',
    ],
    female: [
      'Abena',
      'Beverley',
      'Blessing',
      'Comfort',
      'Esther',
      'Gloria',
      'Merle',
      'Ngozi',
      'Pearl',
      'Yvonne',
    ],
    male: [
      'Clive',
      'Desmond',
      'Emeka',
      'Everton',
      'Kofi',
      'Kwame',
      'Samuel',
      'Tunde',
      'Winston',
      'Yaw',
    ],
  },
  {
    ethnicity: ['C', 'Any other White background'],
    share: 6,
    family: ['Kowalska', 'Nowak', 'Ionescu', 'Popa', 'Da Silva', 'Costa', 'Petrov', 'Kaminska'],
    female: ['Zofia', 'Halina', 'Lucia', 'Elena', 'Teresa', 'Irina'],
    male: ['Piotr', 'Jan', 'Ion', 'Paulo', 'Andrei', 'Marek'],
    language: 'pl',
  },
  {
    ethnicity: ['R', 'Chinese'],
    share: 4,
    family: ['Chen', 'Cheung', 'Li', 'Nguyen', 'Tran', 'Wong', 'Zhang'],
    female: ['Mei', 'Lan', 'Hui', 'Linh', 'Siu'],
    male: ['Wei', 'Jun', 'Minh', 'Kwok', 'Tuan'],
    language: 'yue',
  },
]

export type DrawnName = Readonly<{
  family: string
  given: string
  prefix: string
  language: string
  ethnicity: NameGroup['ethnicity']
}>

/** Age and fifth of deprivation of a person. */
type Circumstances = Readonly<{ age: number; deprivation: number }>

/**
 * How much more often than elsewhere people of other backgrounds than White British live in the most deprived fifth of
 * streets, and so on to the least. That they do, and are younger, is known from the census; how much is unverified.
 */
const byFifth = [1.6, 1.3, 1, 0.75, 0.6] as const

function shareAmong({ ethnicity: [code], share }: NameGroup, who: Circumstances): number {
  if (code === 'A') return share
  const byAge = who.age < 30 ? 1.35 : who.age >= 65 ? 0.45 : 1
  return share * byAge * (byFifth[who.deprivation - 1] ?? 1)
}

/** `who`: background goes with age and deprivation; absent: with neither, as in the demonstration. */
export function drawName(
  random: Random,
  gender: 'female' | 'male',
  who?: Circumstances,
): DrawnName {
  const shares = groups.map((each) => (who ? shareAmong(each, who) : each.share))
  const group = groups[random.weighted(shares)] ?? groups[0]
  if (!group) throw new Error('There are no names to draw from')
  const speaksEnglish = group.language === undefined || random.chance(0.6)
  return {
    family: random.pick(group.family),
    given: random.pick(group[gender]),
    prefix: gender === 'female' ? random.pick(['Mrs', 'Ms', 'Miss']) : 'Mr',
    ethnicity: group.ethnicity,
    language: speaksEnglish ? 'en' : (group.language ?? 'en'),
  }
}
