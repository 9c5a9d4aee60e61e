import { Plural, Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { type YearFindings, yearFindings } from '#domain/year/year-findings.ts'
import { daysBeforeStay, type YearPicture } from '#domain/year/year-picture.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** What the picture shows, beside one another: it says what came before what, and never why. */
export function YearFindingsList({ picture }: { picture: YearPicture }) {
  const found = yearFindings(picture)
  const cards = [
    found.neverReached ? <Never key="never" /> : null,
    found.afterGap.length > 0 ? <AfterGap key="gap" found={found} /> : null,
    found.signs.length > 0 ? <Signs key="signs" found={found} /> : null,
    found.silent.length > 0 ? <Silent key="silent" found={found} /> : null,
    found.worries.length > 0 ? <Worries key="worries" found={found} /> : null,
  ].filter((each): each is NonNullable<typeof each> => each !== null)
  return cards.length > 0 ? <div className="year__findings">{cards}</div> : null
}

type Found = Readonly<{ found: YearFindings }>

const Finding = ({ title, children }: Readonly<{ title: ReactNode; children: ReactNode }>) => (
  <Card title={title}>{children}</Card>
)

function Never() {
  return (
    <Finding title={<Trans>No visit or call has been recorded yet</Trans>}>
      <p>
        <Trans>
          At no time is a visit or call recorded that reached somebody. Carers and others may have
          come: not all of it is written down.
        </Trans>
      </p>
    </Finding>
  )
}

function AfterGap({ found: { afterGap } }: Found) {
  return (
    <Finding title={<Trans>Before a stay, no visit or call is recorded</Trans>}>
      <ul className="gable-list">
        {afterGap.map((stay) => (
          <li key={stay.id}>
            <DateText date={stay.from} />:{' '}
            {stay.neverBefore ? (
              <Trans>none is recorded at any time before</Trans>
            ) : (
              <Plural
                value={stay.gap ?? 0}
                one="none is recorded for # day before"
                other="none is recorded for # days before"
              />
            )}
          </li>
        ))}
      </ul>
      <p className="gable-meta">
        <Trans>
          From {daysBeforeStay} days on, which is our own choice. What came before is not always
          why.
        </Trans>
      </p>
    </Finding>
  )
}

function Signs({ found: { signs } }: Found) {
  const words = useReadingLabels()
  return (
    <Finding title={<Trans>Readings had been outside the limits</Trans>}>
      <ul className="gable-list">
        {signs.map(({ kind, since, days, stay }) => (
          <li key={kind + stay.id}>
            {words.name(kind)}: <DateText date={since} />,{' '}
            <Plural value={days} one="# day before the stay" other="# days before the stay" />
          </li>
        ))}
      </ul>
    </Finding>
  )
}

function Silent({ found: { silent } }: Found) {
  const words = useReadingLabels()
  return (
    <Finding title={<Trans>No readings for a long time</Trans>}>
      <ul className="gable-list">
        {silent.map(({ kind, since }) => (
          <li key={kind}>
            <Trans>
              {words.name(kind)}: none since <DateText date={since} />
            </Trans>
          </li>
        ))}
      </ul>
    </Finding>
  )
}

function Worries({ found: { worries } }: Found) {
  return (
    <Finding title={<Trans>Not everybody is worried alike</Trans>}>
      <ul className="gable-list">
        {worries.map(({ ours, their }) => (
          <li key={their.id}>
            <Trans>
              {their.by.name} says {their.score} of 10, the team says {ours}
            </Trans>
          </li>
        ))}
      </ul>
    </Finding>
  )
}
