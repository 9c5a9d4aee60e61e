import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PackPerson } from '#domain/cover/cover-pack.ts'
import type { PriorityBand } from '#domain/today/today.ts'
import { trendRuleOf } from '#domain/trend/trend-rules.ts'
import { TrendRuleWords } from '#features/parts/alerts/trend-words.tsx'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { AllergyWords } from '#features/parts/record/allergy-words.tsx'
import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { TodayDue } from '#features/parts/today-due.tsx'
import { TodayReason } from '#features/parts/today-reason.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

const bandWords: Readonly<Record<PriorityBand, MessageDescriptor>> = {
  today: msg`Needs somebody today`,
  week: msg`Something this week`,
  steady: msg`Steady`,
  'in-hospital': msg`In hospital`,
  paused: msg`Paused`,
}

type Props = Readonly<{
  person: PackPerson
  /** what was left for whoever looks after them, or a place to write it */
  children: ReactNode
  /** what the record says stands open; absent: of those who need somebody now */
  isOpen?: boolean
}>

/** One person of the pack: the state in one line, what a colleague left, and what the record says. */
export function PackOfPerson({ person, children, isOpen }: Props) {
  const { i18n } = useLingui()
  const { id, family, given, birthDate, nhsNumber, band, lastContact, reviewOn, inHospitalSince } =
    person
  return (
    <section className="cover-person" aria-labelledby={`cover-${id}`}>
      <h2 id={`cover-${id}`}>
        <Link to={`/people/${id}/plan`}>
          <PersonName {...{ family, given }} />
        </Link>
      </h2>
      <p className="cover-person__born">
        <BirthAndNumber {...{ birthDate, nhsNumber }} />
      </p>
      <p className="cover-person__state">
        <strong>{i18n._(bandWords[band])}</strong>
        {inHospitalSince ? (
          <>
            {' · '}
            <Trans>
              In hospital since <DateText date={inHospitalSince} />
            </Trans>
          </>
        ) : null}
        {' · '}
        {lastContact ? (
          <Trans>
            Last contact <DateText date={lastContact} />
          </Trans>
        ) : (
          <Trans>No contact recorded</Trans>
        )}
        {reviewOn ? (
          <>
            {' · '}
            <Trans>
              Review on <DateText date={reviewOn} />
            </Trans>
          </>
        ) : null}
      </p>
      {children}
      <details open={isOpen ?? ['today', 'in-hospital'].includes(band)}>
        <summary>
          <Trans>What the record says</Trans>
        </summary>
        <dl className="gable-facts cover-person__facts">
          <Needs person={person} />
          <Promises person={person} />
          <Watched person={person} />
          <div>
            <dt>
              <Trans>Allergies</Trans>
            </dt>
            <dd dir="auto">
              <AllergyWords allergies={{ known: person.allergiesKnown, list: person.allergies }} />
            </dd>
          </div>
          <Fact title={<Trans>Risks</Trans>} lines={person.risks} />
          <Fact
            title={<Trans>If things get worse</Trans>}
            lines={[person.amber, person.red, ...person.crisis].filter(Boolean)}
          />
          <Fact
            title={<Trans>What matters most</Trans>}
            lines={[person.matters, person.communication].filter(Boolean)}
          />
          <Call person={person} />
        </dl>
      </details>
    </section>
  )
}

/** An empty one says so: otherwise it looks as if nothing needed saying. */
function Fact({ title, lines }: Readonly<{ title: ReactNode; lines: readonly string[] }>) {
  return (
    <div>
      <dt>{title}</dt>
      {lines.length === 0 ? (
        <dd>
          <Trans>None recorded</Trans>
        </dd>
      ) : null}
      {[...new Set(lines)].map((line) => (
        <dd key={line} dir="auto">
          {line}
        </dd>
      ))}
    </div>
  )
}

function Needs({ person: { needs } }: Readonly<{ person: PackPerson }>) {
  return (
    <div>
      <dt>
        <Trans>Now</Trans>
      </dt>
      {needs.length === 0 ? (
        <dd>
          <Trans>Nothing is due</Trans>
        </dd>
      ) : null}
      {needs.map((item) => (
        <dd key={item.kind + item.reference + item.due}>
          <TodayReason item={item} /> <TodayDue item={item} />
        </dd>
      ))}
    </div>
  )
}

function Promises({ person: { promises } }: Readonly<{ person: PackPerson }>) {
  return (
    <div>
      <dt>
        <Trans>Promises and tasks</Trans>
      </dt>
      {promises.length === 0 ? (
        <dd>
          <Trans>None are open</Trans>
        </dd>
      ) : null}
      {promises.map(({ what, owner, due }) => (
        <dd key={what + owner + due}>
          <bdi>{what}</bdi>
          {owner ? (
            <>
              {' · '}
              <bdi>{owner}</bdi>
            </>
          ) : null}
          {due ? (
            <>
              {' · '}
              <Trans>
                by <DateText date={due} />
              </Trans>
            </>
          ) : null}
        </dd>
      ))}
    </div>
  )
}

function Watched({ person: { limits, trends } }: Readonly<{ person: PackPerson }>) {
  const { t } = useLingui()
  const labels = useReadingLabels()
  const limitWords = (limit: PackPerson['limits'][number]) =>
    [
      limit.low === undefined ? '' : t`not below ${labels.limit(limit, 'low')}`,
      limit.high === undefined ? '' : t`not above ${labels.limit(limit, 'high')}`,
      limit.riseOver === undefined ? '' : t`not up by ${labels.limit(limit, 'riseOver')}`,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <div>
      <dt>
        <Trans>What is watched</Trans>
      </dt>
      {limits.length + trends.length === 0 ? (
        <dd>
          <Trans>No limits are set</Trans>
        </dd>
      ) : null}
      {limits.map((limit) => (
        <dd key={limit.kind}>
          {labels.name(limit.kind)}: {limitWords(limit)}
        </dd>
      ))}
      {trends.map(({ code, version }) => {
        const rule = trendRuleOf(code, version)
        return rule ? (
          <dd key={code}>
            <TrendRuleWords rule={rule} />
          </dd>
        ) : null
      })}
    </div>
  )
}

function Call({ person: { call } }: Readonly<{ person: PackPerson }>) {
  return (
    <div>
      <dt>
        <Trans>Who to call</Trans>
      </dt>
      {call.length === 0 ? (
        <dd>
          <Trans>No number recorded</Trans>
        </dd>
      ) : null}
      {call.map(({ name, relation, phone }) => (
        <dd key={name + phone}>
          <bdi>{name}</bdi>
          {relation ? ` (${relation})` : null} <PhoneLink number={phone} />
        </dd>
      ))}
    </div>
  )
}
