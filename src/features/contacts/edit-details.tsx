import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { changeDetails, contactDetailsQuery } from '#client/queries/patient/contact-details.ts'
import {
  type Detail,
  type DetailKind,
  inOneLine,
  nothingTyped,
} from '#domain/person/contact-details.ts'
import { makingBest, markingOld, type Swap } from '#domain/person/contact-details-fhir.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { DetailForm } from './detail-form.tsx'
import { DetailProblem } from './detail-problem.tsx'

type Props = Readonly<{ owner: string; kinds?: readonly DetailKind[] }>
const allKinds: readonly DetailKind[] = ['phone', 'email', 'address']

/** The numbers and addresses of one person, each to be corrected, and a way to add more. */
export function EditDetails({ owner, kinds = allKinds }: Props) {
  const { t } = useLingui()
  const { data: details } = useSuspenseQuery(contactDetailsQuery(owner))
  const [open, setOpen] = useState('')
  const shown = details.filter(({ kind }) => kinds.includes(kind))
  const current = shown.filter(({ isOld }) => !isOld)
  const former = shown.filter(({ isOld }) => isOld)
  const adds = {
    phone: t`Add a number`,
    email: t`Add an email address`,
    address: t`Add an address`,
  }
  const close = () => setOpen('')
  return (
    <div className="edit-details">
      {current.length === 0 ? <EmptyState title={<Trans>Nothing recorded yet</Trans>} /> : null}
      <ul>
        {current.map((detail) => (
          <li key={detail.key}>
            {open === detail.key ? (
              <DetailForm {...{ owner, detail }} start={fieldsOf(detail)} onDone={close} />
            ) : (
              <DetailLine
                {...{ owner, detail, details: current }}
                onCorrect={() => setOpen(detail.key)}
              />
            )}
          </li>
        ))}
      </ul>
      {kinds.map((kind) =>
        open === kind ? (
          <DetailForm key={kind} owner={owner} start={nothingTyped(kind)} onDone={close} />
        ) : (
          <Button key={kind} variant="outline" onClick={() => setOpen(kind)}>
            {adds[kind]}
          </Button>
        ),
      )}
      {former.length > 0 ? (
        <details>
          <summary>
            <Trans>No longer right</Trans> ({former.length})
          </summary>
          <ul>
            {former.map((detail) => (
              <li key={detail.key}>
                <Said detail={detail} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

function fieldsOf(detail: Detail) {
  const { kind, value, line, town, postcode, use, callWhen, from, until } = detail
  return { kind, value, line, town, postcode, use, callWhen, from, until }
}

type LineProps = Readonly<{
  owner: string
  detail: Detail
  details: readonly Detail[]
  onCorrect: () => void
}>

function DetailLine({ owner, detail, details, onCorrect }: LineProps) {
  const { t } = useLingui()
  const work = useAsyncAction()
  const said = inOneLine(detail)
  const others = details.filter(({ kind }) => kind === detail.kind).length > 1
  const act = (swaps: readonly Swap[]) =>
    work.run(async () => {
      const undo = await changeDetails(owner, swaps)
      toast(<Trans>Saved: {said}</Trans>, undo)
    })
  return (
    <>
      <Said detail={detail} />
      <div className="edit-details__acts">
        <Button variant="link" onClick={onCorrect} aria-label={t`Correct: ${said}`}>
          <Trans>Correct</Trans>
        </Button>
        <Button
          variant="link"
          pending={work.pending}
          onClick={() => void act(markingOld(detail, clockToday()))}
          aria-label={t`No longer right: ${said}`}
        >
          <Trans>No longer right</Trans>
        </Button>
        {detail.kind === 'phone' && others && !detail.best ? (
          <Button
            variant="link"
            pending={work.pending}
            onClick={() => void act(makingBest(detail, details))}
            aria-label={t`Call this one first: ${said}`}
          >
            <Trans>Call this one first</Trans>
          </Button>
        ) : null}
      </div>
      <DetailProblem failure={work.failure} pending={work.pending} />
    </>
  )
}

function Said({ detail }: { detail: Detail }) {
  const { best, callWhen, from, until, written } = detail
  return (
    <>
      <p>
        <bdi>{inOneLine(detail)}</bdi> <UseWords detail={detail} />
      </p>
      {best ? (
        <StateMark state="agreed">
          <Trans>Call this one first</Trans>
        </StateMark>
      ) : null}
      {callWhen ? <p className="edit-details__meta">{callWhen}</p> : null}
      {from || until ? (
        <p className="edit-details__meta">
          {from ? (
            <Trans>
              From <DateText date={from} />
            </Trans>
          ) : null}{' '}
          {until ? (
            <Trans>
              until <DateText date={until} />
            </Trans>
          ) : null}
        </p>
      ) : null}
      {written ? (
        <p className="edit-details__meta">
          <Trans>
            Recorded by {written.by.name}, <DateText date={written.at} />
          </Trans>
        </p>
      ) : null}
    </>
  )
}

function UseWords({ detail: { use, kind } }: { detail: Detail }) {
  const { t } = useLingui()
  if (kind !== 'phone') return null
  const words: Readonly<Record<string, string>> = {
    ...{ home: t`home`, mobile: t`mobile`, work: t`work`, temp: t`temporary` },
  }
  return words[use] ? <span className="edit-details__meta">{words[use]}</span> : null
}
