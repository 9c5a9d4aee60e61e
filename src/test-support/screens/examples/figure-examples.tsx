import { BandChart } from '#ui/charts/band-chart.tsx'
import { LineChart } from '#ui/charts/line-chart.tsx'
import { Sparkline } from '#ui/charts/sparkline.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { CaseloadStreet } from '#ui/house/caseload-street.tsx'
import { House, type HouseProps, type HouseState } from '#ui/house/house.tsx'
import { HouseNews } from '#ui/house/house-news.tsx'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { LevelMark } from '#ui/house/level-mark.tsx'
import { EasyPicture } from '#ui/pictures/easy-picture.tsx'
import { PresenceLine } from '#ui/presence/presence-line.tsx'
import { Quote } from '#ui/text/quote.tsx'
import { Example, longName, longText, longWord } from './example.tsx'

const states: readonly HouseState[] = ['none', 'writing', 'waiting', 'agreed', 'review-due']

const house: Omit<HouseProps, 'state' | 'label'> = {
  roof: {
    ...{ to: '/roof', title: 'How it is organised', news: ['the date of the review', longText] },
    facts: [
      { label: 'Coordinator', value: longName },
      { label: 'Next review', value: 'Wed 30 September' },
      { label: 'Plan', value: 'Version 1,204' },
    ],
  },
  whatIf: { green: 'As usual', amber: longText, red: '', today: 'amber' },
  me: {
    to: '/me',
    title: 'Me',
    news: ['a good day', longWord, longName],
    quote: <Quote size="row">{longText}</Quote>,
    notSaid: ['a good day', longWord],
  },
  conversation: {
    to: '/conversation',
    title: 'Our conversation',
    news: [],
    children: <p>{longText}</p>,
  },
  team: {
    to: '/team',
    title: 'My team',
    news: [],
    children: <StateMark state="due">{longName}</StateMark>,
  },
  support: {
    ...{ to: '/support', title: 'What supports us', news: [longText] },
    arranged: [{ title: longText, note: longWord }],
    unmet: [{ title: 'Someone to sit at night' }],
  },
}

const points = [61, 61.5, 62.25, 66].map((value, place) => ({
  at: `2026-11-2${place}T08:00:00Z`,
  value,
}))
const other = (name: string, role: string, doing: 'looking' | 'writing', place: string) => ({
  name,
  role,
  doing,
  place,
})

const [coordinator, ...otherFacts] = house.roof.facts ?? []

const withShortNames: typeof house = {
  ...house,
  roof: {
    ...house.roof,
    facts: coordinator ? [{ ...coordinator, value: 'Margaret Hollister' }, ...otherFacts] : [],
  },
}

const smallFor = (coordinator: string): typeof house => ({
  ...house,
  roof: {
    ...{ to: '/roof', title: 'Who looks after my plan', news: ['a', 'b', longName] },
    line: `${coordinator}. Next talk: 30 September`,
  },
})

export function FigureExamples() {
  return (
    <>
      {states.map((state) => (
        <Example key={state} of={`The house: ${state}`}>
          <HouseThumbnail state={state} lit /> <HouseThumbnail state={state} lit="me" />{' '}
          <HouseThumbnail state={state} size={96} />
          <House {...house} state={state} label={`The plan, ${state}`} />
        </Example>
      ))}
      <Example of="The house: short names">
        <House {...withShortNames} state="agreed" label="The plan, with short names" />
      </Example>
      <Example of="The small house">
        <div className="gable-my">
          <House {...smallFor(longName)} state="agreed" label="My plan" small />
          <House {...smallFor('Amina Yusuf')} state="waiting" label="My plan, waiting" small />
        </div>
      </Example>
      <Example of="What is new in a room">
        <p>
          <HouseNews title="Me" news={[]} />
        </p>
        <p>
          <HouseNews title="Me" news={['To sleep past five.', 'a good day', longWord]} />
        </p>
      </Example>
      <Example of="The street">
        <CaseloadStreet
          groups={[
            { label: 'today', count: 40, look: 'today', to: '/caseload' },
            { label: 'this week', count: 3, look: 'week' },
            { label: 'steady', count: 120, look: 'steady' },
            { label: longWord, count: 2, look: 'away' },
          ]}
        />
      </Example>
      <Example of="Readings">
        <LineChart
          points={points}
          limits={[{ value: 63, words: 'no higher than 63 kg' }]}
          label="Weight, the last four"
          words={({ value }) => `${value} kg`}
        />
        <BandChart
          points={points}
          bands={[
            { code: 'low', from: 0, to: 62, name: 'Low' },
            { code: 'high', from: 63, to: 80, name: longName },
          ]}
          label="A score over time"
          words={String}
        />
        <Sparkline
          points={points}
          limitLow={60}
          limitHigh={63}
          outsideAt={['2026-11-21T08:00:00Z']}
          label="Weight, the last four, small"
        />
      </Example>
      <Example of="The three colours of the plan">
        <p>
          <LevelMark level="green" /> Green <LevelMark level="amber" /> Amber{' '}
          <LevelMark level="red" size={20} /> Red
        </p>
      </Example>
      <Example of="Easy-read pictures">
        <EasyPicture name="house" />
        <EasyPicture name="person" size={48} />
      </Example>
      <Example of="Others in the plan">
        <PresenceLine
          place="me"
          titles={{ me: 'Me', team: 'My team' }}
          others={[
            other(longName, 'nurse-case-manager', 'writing', 'me'),
            other('Grace Okafor', 'person', 'looking', 'me'),
            other('Chidi Okafor', 'carer', 'writing', 'team'),
            other('Karen Lee', 'social-worker', 'looking', 'house'),
            other('Tom Price', 'physiotherapist', 'looking', 'team'),
          ]}
        />
      </Example>
    </>
  )
}
