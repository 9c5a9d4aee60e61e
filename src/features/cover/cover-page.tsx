import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { absencesQuery } from '#client/queries/cover/absences.ts'
import { useSession } from '#client/session/session.ts'
import type { AbsenceLine, Absences } from '#domain/cover/absences-answer.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { AbsenceForm } from './absence-form.tsx'
import { AbsenceRow } from './absence-row.tsx'
import './cover.css'

/** Who is away, who covers, and how people are shared out. */
export function CoverPage() {
  const { t } = useLingui()
  const isManager = useSession(({ actor }) => actor?.role === 'manager')
  return (
    <div className="cover">
      <PageHeading
        title={t`Cover and caseloads`}
        lead={t`Who is away, who looks after their people, and how the work is shared.`}
        actions={
          isManager ? undefined : (
            <LinkButton to="/cover/share" variant="link">{t`Hand people over for good`}</LinkButton>
          )
        }
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Cover />
      </Suspense>
    </div>
  )
}

function Cover() {
  const { t } = useLingui()
  const actor = useSession((session) => session.actor)
  const { data } = useSuspenseQuery(absencesQuery(actor?.identity ?? ''))
  const me = `Practitioner/${actor?.practitioner}`
  const isMine = ({ who }: AbsenceLine) => who.reference === me
  const isCovered = ({ cover, others, state }: AbsenceLine) =>
    ['planned', 'away'].includes(state) &&
    (cover.reference === me || others.some((each) => each.cover.reference === me))
  const mine = data.absences.filter(isMine)
  const covered = data.absences.filter((each) => !isMine(each) && isCovered(each))
  const rest = data.absences.filter(
    (each) => !isMine(each) && !isCovered(each) && ['planned', 'away'].includes(each.state),
  )
  return (
    <>
      <NewAbsence data={data} />
      {actor?.practitioner ? (
        <Rows title={t`You are away`} absences={mine} data={data} empty={t`No absence of yours`} />
      ) : null}
      {actor?.practitioner ? (
        <Rows
          title={t`You cover for`}
          absences={covered}
          data={data}
          empty={t`You cover for nobody`}
        />
      ) : null}
      <Handed handed={data.handed} />
      <Rows
        title={t`Others in your organisation`}
        absences={rest}
        data={data}
        empty={t`Nobody else is away, or will be`}
      />
    </>
  )
}

/** People who were handed over for good: what is known about each is one press away, for whoever gave and took them. */
function Handed({ handed }: Pick<Absences, 'handed'>) {
  if (handed.length === 0) return null
  return (
    <section className="gable-section">
      <h2>
        <Trans>Handed over for good</Trans>
      </h2>
      <ul className="gable-boxed-rows">
        {handed.map(({ batch, people, from, to, at }) => (
          <li key={batch} className="cover-handed">
            <Link to={`/cover/handed/${batch}`}>
              <Plural value={people} one="# person" other="# people" />{' '}
              <Trans>
                of <bdi>{from}</bdi>
              </Trans>
            </Link>{' '}
            <Trans>
              to <bdi>{to}</bdi>, <DateText date={at} />
            </Trans>
          </li>
        ))}
      </ul>
    </section>
  )
}

function NewAbsence({ data }: Readonly<{ data: Absences }>) {
  const [isWriting, setWriting] = useState(false)
  if (isWriting) return <AbsenceForm data={data} onClose={() => setWriting(false)} />
  return (
    <p className="cover-new">
      <Button onClick={() => setWriting(true)}>
        <Trans>Write down days away</Trans>
      </Button>
    </p>
  )
}

type RowsProps = Readonly<{
  title: string
  absences: readonly AbsenceLine[]
  data: Absences
  empty: string
}>

function Rows({ title, absences, data, empty }: RowsProps) {
  return (
    <section className="gable-section">
      <h2>{title}</h2>
      {absences.length === 0 ? (
        <EmptyState title={empty} />
      ) : (
        <ul className="gable-boxed-rows">
          {absences.map((absence) => (
            <AbsenceRow key={absence.id} absence={absence} data={data} />
          ))}
        </ul>
      )}
    </section>
  )
}
