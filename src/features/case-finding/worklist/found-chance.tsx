import { Plural, Trans } from '@lingui/react/macro'
import type { FoundPerson } from '#domain/case/find-people.ts'
import { type LikenessParts, likenessParts } from '#domain/stratification/likeness.ts'

/** Of 100 people like this one, how many had an emergency stay within a year; how it was counted, on request. */
export function FoundChance({ person, tab }: Readonly<{ person: FoundPerson; tab: 0 | -1 }>) {
  const { chance, chanceBefore, chanceCompared, chancePeople } = person
  if (chance === undefined)
    return (
      <p className="find__meta">
        <Trans>Too few people like this to count</Trans>
      </p>
    )
  return (
    <details className="worklist__chance">
      <summary tabIndex={tab}>
        <strong>{chance}</strong> <Trans>in 100</Trans>
        {chanceBefore === undefined || chanceBefore === chance ? null : (
          <span className="find__meta">
            {' '}
            <Trans>was {chanceBefore}</Trans>
          </span>
        )}
      </summary>
      <p className="find__meta">
        <Trans>
          Of {chancePeople} people here who were like this a year ago, {chance} in 100 had an
          emergency stay in the year after: between {person.chanceLow} and {person.chanceHigh} in
          100, allowing for chance.
        </Trans>{' '}
        <Likeness parts={likenessParts(chanceCompared ?? '')} />
        <HadMore person={person} />
      </p>
    </details>
  )
}

/** Somebody who had more stays than most of those they are compared with. */
function HadMore({ person: { stays = 0, chanceCompared = '' } }: { person: FoundPerson }) {
  if (stays < 2 || !likenessParts(chanceCompared).orMore) return null
  return (
    <>
      {' '}
      <Trans>This person had {stays}: their own chance is probably higher.</Trans>
    </>
  )
}

/** What they have in common. */
function Likeness({ parts: { stays, orMore, band, age } }: { parts: LikenessParts }) {
  return (
    <>
      <Trans>They had this in common:</Trans>{' '}
      {orMore ? (
        <Trans>one emergency stay or more in the year before</Trans>
      ) : (
        <Stays count={stays} />
      )}
      {band ? (
        <>
          , <Trans>the same number of difficulties that make people frail</Trans>
        </>
      ) : null}
      {age === undefined ? null : (
        <>
          , <AgeGroup from={age} />
        </>
      )}
      .
    </>
  )
}

function Stays({ count }: { count: number }) {
  if (count >= 2) return <Trans>two emergency stays or more in the year before</Trans>
  return (
    <Plural
      value={count}
      _0="no emergency stay in the year before"
      one="one emergency stay in the year before"
      other="# emergency stays in the year before"
    />
  )
}

function AgeGroup({ from }: { from: number }) {
  if (from >= 80) return <Trans>aged 80 or over</Trans>
  if (from >= 65) return <Trans>aged 65 to 79</Trans>
  return from >= 18 ? <Trans>aged 18 to 64</Trans> : <Trans>under 18</Trans>
}
