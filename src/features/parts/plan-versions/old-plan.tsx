import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { clockToday } from '#client/clock.ts'
import { type PlanState, planHistoryQueries } from '#client/queries/versions/plan-history.ts'
import { houseRooms } from '#domain/plan/plan.ts'
import { answerOfPerson } from '#domain/plan/versions/agreed-in-version.ts'
import type { PlanSentence } from '#domain/plan/versions/plan-sentences.ts'
import type { PlanVersion } from '#domain/plan/versions/plan-version.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { isUnfinished } from '#ui/forms/date-parts.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { HouseThumbnail } from '#ui/house/house-thumbnail.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { endLabels, sentenceLabels } from './sentence-labels.ts'
import { isAgreedVersion, usePlanVersions, versionNumbered } from './use-plan-versions.ts'
import { useMomentText, useNameOf, type VersionReader } from './version-reader.ts'

/** A plan as it stood at a version or on a day: to read only, and marked as old. */
export function OldPlan({ reader, planId }: Readonly<{ reader: VersionReader; planId: string }>) {
  const { t } = useLingui()
  const [query] = useSearchParams()
  const { versions } = usePlanVersions(planId)
  const moment = query.get('day') ?? query.get('version') ?? usualMoment(versions)
  const sayDay = useDayText()
  const { data: state } = useSuspenseQuery(planHistoryQueries.state({ planId, sayDay }, moment))
  const { givenName } = reader.house
  const title = reader.isOwn
    ? t`My plan as it stood on another day`
    : t`${givenName}’s plan as it stood on another day`
  return (
    <div className="old-plan">
      <PageHeading title={title} />
      <ChooseDay key={moment} reader={reader} versions={versions} moment={moment} />
      {state.problem ? (
        <p className="gable-missing" role="alert">
          {state.problem}
        </p>
      ) : (
        <Stood reader={reader} versions={versions} state={state} moment={moment} />
      )}
    </div>
  )
}

/** The version before the newest. */
const usualMoment = (versions: readonly PlanVersion[]) =>
  String((versions[1] ?? versions[0])?.number ?? 1)

type ChooseProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  moment: string
}>

function ChooseDay({ reader, versions, moment }: ChooseProps) {
  const { t } = useLingui()
  const [, setQuery] = useSearchParams()
  const said = useMomentText()
  const [day, setDay] = useState(/^\d{4}-/.test(moment) ? moment : '')
  const [error, setError] = useState('')
  const options = versions.map((version) => ({
    value: String(version.number),
    label: isAgreedVersion(version)
      ? t`Version ${version.number}, ${said(version.at)}, agreed`
      : t`Version ${version.number}, ${said(version.at)}`,
  }))
  const show = () => {
    const fault = faultOf(day)
    setError(
      fault
        ? { missing: t`Enter a day`, future: t`Choose a day that is not in the future` }[fault]
        : '',
    )
    if (!fault) setQuery({ day })
  }
  return (
    <div className="old-plan__choose">
      <CheckedForm onSubmit={show}>
        <DateField
          label={t`Which day?`}
          hint={t`For example, 3 3 2026`}
          value={day}
          onChange={setDay}
          {...(error ? { error } : {})}
        />
        <Button type="submit" variant="outline">
          <Trans>Show that day</Trans>
        </Button>
      </CheckedForm>
      <SelectField
        label={t`Or which version?`}
        value={/^\d{1,9}$/.test(moment) ? moment : ''}
        options={[{ value: '', label: t`Choose a version` }, ...options]}
        onChange={(version) => (version ? setQuery({ version }) : undefined)}
      />
      <p className="gable-meta">
        {reader.isOwn ? (
          <Trans>You see it as far as you may see these things today.</Trans>
        ) : (
          <Trans>
            You see it as far as you may see these records today. Opening it is listed for{' '}
            {reader.house.givenName}.
          </Trans>
        )}
      </p>
    </div>
  )
}

function faultOf(day: string): 'missing' | 'future' | undefined {
  if (!day || isUnfinished(day)) return 'missing'
  return day > clockToday() ? 'future' : undefined
}

type StoodProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  state: PlanState
  moment: string
}>

function Stood({ reader, versions, state, moment }: StoodProps) {
  const said = useMomentText()
  const version = versionNumbered(versions, state.version)
  const day = said(state.at ?? '')
  const isNewest = version !== undefined && version.number === versions[0]?.number
  const compare = new URLSearchParams({ from: moment })
  return (
    <>
      <Notice
        tone="warning"
        className="old-plan__notice"
        title={<Trans>This is how the plan stood on {day}. It is not today’s plan.</Trans>}
        actions={
          <LinkButton to={reader.home}>
            <Trans>Go to today’s plan</Trans>
          </LinkButton>
        }
      >
        <p>
          <Trans>It was version {state.version}.</Trans>{' '}
          {isNewest ? <Trans>What the plan says has not changed since then.</Trans> : null}{' '}
          <Link to={`${reader.root}/compare?${compare}`}>
            <Trans>See what has changed since then</Trans>
          </Link>
        </p>
      </Notice>
      <div className="old-plan__agreed">
        <HouseThumbnail state={isAgreedVersion(version) ? 'agreed' : 'waiting'} size={120} />
        <WhatWasSaid reader={reader} version={version} />
      </div>
      {houseRooms.map((room) => (
        <section key={room} className="old-plan__room" aria-labelledby={`old-${room}`}>
          <h2 id={`old-${room}`}>{reader.titles[room]}</h2>
          <Sentences reader={reader} said={state.sentences.filter((each) => each.room === room)} />
        </section>
      ))}
    </>
  )
}

function WhatWasSaid({
  reader,
  version,
}: Readonly<{ reader: VersionReader; version: PlanVersion | undefined }>) {
  const said = useMomentText()
  const nameOf = useNameOf(reader)
  const answer = version && answerOfPerson(version)
  const name = reader.house.givenName
  if (!answer)
    return (
      <StateMark state="missing">
        <Trans>{name} gave no answer to this version</Trans>
      </StateMark>
    )
  return (
    <div>
      <StateMark state={answer.yes ? 'agreed' : 'due'}>
        {answer.yes ? (
          <Trans>
            {name} said yes to this version on {said(answer.at)}
          </Trans>
        ) : (
          <NotWhole name={name} day={said(answer.at)} inPart={answer.inPart} />
        )}
      </StateMark>
      {answer.words ? <SaidQuote isPersons>{answer.words}</SaidQuote> : null}
      {(version?.answers ?? [])
        .filter(({ by }) => by.reference !== answer.by.reference)
        .map(({ by, yes, words }) => (
          <p key={by.reference} className="gable-meta">
            {nameOf({ ...by, voice: 'professional' })}:{' '}
            {yes ? <Trans>yes</Trans> : <Trans>not like this</Trans>} {words}
          </p>
        ))}
    </div>
  )
}

function NotWhole({ name, day, inPart }: Readonly<{ name: string; day: string; inPart: boolean }>) {
  if (inPart)
    return (
      <Trans>
        {name} said yes to part of it on {day}
      </Trans>
    )
  return (
    <Trans>
      {name} said “not like this” on {day}
    </Trans>
  )
}

function Sentences({
  reader,
  said,
}: Readonly<{ reader: VersionReader; said: readonly PlanSentence[] }>) {
  const { i18n } = useLingui()
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  if (said.length === 0)
    return (
      <p className="gable-missing">
        <Trans>Nothing was said here yet.</Trans>
      </p>
    )
  return (
    <ul>
      {said.map((each) => (
        <li key={each.key}>
          <p className="gable-meta">{i18n._(sentenceLabels[each.kind])}</p>
          <SaidQuote size="row" isPersons={each.by?.voice === 'person'}>
            {each.words}
          </SaidQuote>
          <p className="gable-meta">
            {each.by ? nameOf(each.by) : null} {each.at ? <bdi>{moment(each.at)}</bdi> : null}{' '}
            {each.ended ? i18n._(endLabels[each.ended]) : null}
          </p>
        </li>
      ))}
    </ul>
  )
}
