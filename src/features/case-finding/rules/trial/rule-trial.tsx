import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { clockToday, dayHere } from '#client/clock.ts'
import type { Measure } from '#domain/case/measures.ts'
import { shownShare } from '#domain/population/shown-counts.ts'
import type { ShownRuleFigures, ShownRuleVersion } from '#domain/rule/rule-parameters.ts'
import { Count } from '#features/case-finding/population/count.tsx'
import {
  ComparedGroups,
  ComparedTable,
} from '#features/case-finding/population/line/compared-groups.tsx'
import { WideTable } from '#features/case-finding/population/wide-table.tsx'
import { lineKindWords } from '#features/case-finding/rules/line-words.ts'
import { isWithheld } from '#features/case-finding/rules/run-figures.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { RulePeople } from './rule-people.tsx'
import { RuleSquares } from './rule-squares.tsx'

type Tried = NonNullable<ShownRuleVersion['tried']>
type TrialProps = Readonly<{
  rule: string
  tried: Tried
  /** number of the version that runs */
  running: number | undefined
  /** names people: not for managers */
  mayOpen: boolean
  again: (() => void) | undefined
  pending: boolean
}>

/** What the rule would do on today’s records: whom it adds, drops and keeps, and whether that is possible, fair and right. */
export function RuleTrial({ rule, tried, running, mayOpen, again, pending }: TrialProps) {
  const { t } = useLingui()
  const { figures, at, by } = tried
  const groups = [
    { group: 'added', of: figures.added, words: t`would be added` },
    { group: 'dropped', of: figures.dropped, words: t`would drop` },
    { group: 'kept', of: figures.kept, words: t`stay as they are` },
  ] as const
  return (
    <section aria-labelledby="rule-trial">
      <div className="rule-head">
        <h2 id="rule-trial">
          {isToday(at) ? (
            <Trans>Tried on today’s records</Trans>
          ) : (
            <Trans>Tried on the records of that day</Trans>
          )}
        </h2>
        <p className="rule-meta">
          <DateText date={at} withTime /> · {by.name}{' '}
          {figures.milliseconds === undefined ? null : (
            <>
              ·{' '}
              <Trans>
                took {Math.max(0.1, Math.round(figures.milliseconds / 100) / 10)} seconds
              </Trans>{' '}
            </>
          )}
          {again ? (
            <Button variant="link" pending={pending} onClick={again}>
              <Trans>Try it again</Trans>
            </Button>
          ) : null}
        </p>
      </div>
      {isWithheld(figures.added) ? (
        <p>
          <Trans>
            It would find <Count of={figures.found} />. Who would be added, drop or stay may be
            fewer than 5 people, so that is not shown.
          </Trans>
        </p>
      ) : (
        <div className="rule-grid rule-grid--whom">
          {groups.map(({ group, of, words }) => (
            <div key={group}>
              <p className="rule-number">
                <b>
                  <Count of={of} />
                </b>{' '}
                {words}
                {group === 'kept' && running !== undefined ? (
                  <>
                    {' '}
                    <Trans>of those found by version {running}</Trans>
                  </>
                ) : null}
              </p>
              <RuleSquares of={of} kind={group} />
              {mayOpen && hasSome(of) ? (
                <RulePeople {...{ rule, group }} of={at} title={<SeeAll of={of} />} />
              ) : null}
            </div>
          ))}
        </div>
      )}
      <div className="rule-grid">
        <Room figures={figures} />
        <Fairness figures={figures} hasRunning={running !== undefined} />
        <Right figures={figures} />
      </div>
      <FairGroups figures={figures} />
      <details className="rule-table">
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <WideTable label={t`The trial as a table`}>
          <FiguresTable figures={figures} />
          {figures.compared.length > 0 ? (
            <ComparedTable rows={figures.compared} {...fairWords()} />
          ) : null}
        </WideTable>
      </details>
    </section>
  )
}

const isToday = (at: string) => dayHere(at) === clockToday()

const hasSome = (of: Measure) => 'count' in of && of.count > 0

function SeeAll({ of }: { of: Measure }) {
  return <Plural value={'count' in of ? of.count : 0} one="See this person" other="See all #" />
}

function Box({ title, children }: Readonly<{ title: ReactNode; children: ReactNode }>) {
  return (
    <div>
      <h3>{title}</h3>
      <p>{children}</p>
    </div>
  )
}

function Room({ figures }: { figures: ShownRuleFigures }) {
  const { free, above, added } = figures
  return (
    <Box title={<Trans>Room</Trans>}>
      {free === undefined || above === undefined ? (
        <Trans>Nobody has entered how many places the coordinators have.</Trans>
      ) : (
        <Trans>
          <Plural value={free} one="# place is free." other="# places are free." /> Of the{' '}
          <Count of={added} /> added, <Count of={above} /> would stand above the line of free
          places.
        </Trans>
      )}
    </Box>
  )
}

const fewest = 20
const isEnough = (of: Measure) => 'count' in of && of.count >= fewest
const shareOf = ({ poor, known }: ShownRuleFigures['poor']) =>
  isEnough(known) ? wholeOf(shownShare(poor, known)) : undefined
const wholeOf = (share: number | undefined) => (share === undefined ? undefined : Math.round(share))

function Fairness({
  figures,
  hasRunning,
}: Readonly<{ figures: ShownRuleFigures; hasRunning: boolean }>) {
  const [now, before, among] = [figures.poor, figures.poorBefore, figures.poorAmong].map(shareOf)
  const poorest = figures.compared.find(({ by, of }) => by === 'deprivation' && of === '1')
  const range =
    poorest?.low === undefined || poorest.high === undefined
      ? undefined
      : [Math.round(poorest.low), Math.round(poorest.high)]
  return (
    <Box title={<Trans>Fairness</Trans>}>
      {now === undefined ? (
        <Trans>Too few people with a known street to say a share of the poorest fifth.</Trans>
      ) : (
        <>
          <Trans>From the poorest fifth of streets: {now} in 100.</Trans>{' '}
          {range ? (
            <Trans>
              Chance alone could make it {range[0]} to {range[1]}.
            </Trans>
          ) : null}{' '}
          {hasRunning && before !== undefined ? <Trans>It was {before}.</Trans> : null}{' '}
          {among === undefined ? null : (
            <Trans>Of all whom the first line finds: {among} in 100.</Trans>
          )}
        </>
      )}
    </Box>
  )
}

const fairWords = () => ({
  found: <Trans>found</Trans>,
  among: <Trans>of all whom the first line finds</Trans>,
  caption: <Trans>People found against all whom the first line finds</Trans>,
})

/** Those found against all whom the first line finds, by street, ethnic group, age, sex and language. */
function FairGroups({ figures: { compared } }: { figures: ShownRuleFigures }) {
  if (compared.length === 0) return null
  const told = compared.filter(({ verdict }) => verdict !== 'hidden').length
  return (
    <section className="rule-fair" aria-labelledby="rule-fair">
      <h3 id="rule-fair">
        <Trans>Is it fair?</Trans>
      </h3>
      <div className="rule-card population-fair">
        <p className="rule-meta">
          <span className="population-fair__key population-fair__key--diamond" aria-hidden="true" />
          <Trans>found, with how far chance alone could move it.</Trans>{' '}
          <span className="population-fair__key population-fair__key--circle" aria-hidden="true" />
          <Trans>among all whom the first line finds. From 0 to 100%.</Trans>
        </p>
        {told === 0 ? (
          <p>
            <Trans>Too few people to compare any group.</Trans>
          </p>
        ) : (
          <>
            <ComparedGroups rows={compared} {...fairWords()} />
            <p className="rule-meta">
              <Trans>
                These are {told} comparisons. In about one of twenty, chance alone puts the circle
                outside the bar.
              </Trans>
            </p>
          </>
        )}
      </div>
    </section>
  )
}

function Right({ figures: { yearAgo } }: { figures: ShownRuleFigures }) {
  const { t } = useLingui()
  const title = <Trans>How often it is right</Trans>
  if (!yearAgo)
    return (
      <Box title={title}>
        <Trans>No line of it can be asked of a year ago, so nobody can say.</Trans>
      </Box>
    )
  const share = isEnough(yearAgo.found)
    ? wholeOf(shownShare(yearAgo.stayed, yearAgo.found))
    : undefined
  const all = wholeOf(shownShare(yearAgo.peopleStayed, yearAgo.people))
  const before = isEnough(yearAgo.foundBefore)
    ? wholeOf(shownShare(yearAgo.stayedBefore, yearAgo.foundBefore))
    : undefined
  const left = yearAgo.without.map((each) => t(lineKindWords[each])).join(', ')
  return (
    <Box title={title}>
      {share === undefined ? (
        <Trans>Run as of a year ago, it finds too few people to say a share.</Trans>
      ) : (
        <Trans>
          Run as of a year ago, {share} in 100 of those found had an emergency stay in the year
          since.
        </Trans>
      )}{' '}
      {share === undefined || all === undefined ? null : <Trans>Of everybody: {all} in 100.</Trans>}{' '}
      {before === undefined ? null : <Trans>The version that is switched on: {before}.</Trans>}{' '}
      {left ? <Trans>Left out, because nobody knows them of a year ago: {left}.</Trans> : null}{' '}
      <Trans>People who have died since are not counted.</Trans>
    </Box>
  )
}

function FiguresTable({ figures }: { figures: ShownRuleFigures }) {
  const { total, found, added, dropped, kept, notJudged } = figures
  const rows: readonly (readonly [ReactNode, Measure])[] = [
    [<Trans key="t">Everybody whom we can reach</Trans>, total],
    [<Trans key="f">Found</Trans>, found],
    [<Trans key="a">Added</Trans>, added],
    [<Trans key="d">Dropped</Trans>, dropped],
    [<Trans key="k">The same</Trans>, kept],
    [<Trans key="n">Cannot be judged</Trans>, notJudged],
  ]
  return (
    <table className="nhsuk-table">
      <caption className="nhsuk-table__caption">
        <Trans>People, on today’s records</Trans>
      </caption>
      <tbody>
        {rows.map(([words, of], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
          <tr key={at}>
            <th scope="row">{words}</th>
            <td>
              <Count of={of} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
