import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  handOverPeople,
  takePeopleBack,
  weightsQuery,
} from '#client/queries/cover/hand-over-people.ts'
import { useSession } from '#client/session/session.ts'
import { caseloadsAfter } from '#domain/cover/caseload-weight.ts'
import type { Shared } from '#domain/cover/shared-answer.ts'
import { longestAnswerWords } from '#domain/fhir/longest-words.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { useSearch } from '#ui/layout/use-search.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { RefusedWords } from './refused-words.tsx'
import { ShareTable } from './share-table.tsx'
import { WeightWords } from './weight-words.tsx'
import './cover.css'

/** People of one colleague are given to one or several others, for good. What it does to each caseload is shown first. */
export function SharePage() {
  const { t } = useLingui()
  const me = useSession(({ actor }) => actor?.practitioner ?? '')
  const [search, setSearch] = useSearch()
  const from = search.get('from') ?? me
  return (
    <div className="cover-pack">
      <PageHeading
        title={t`Hand people over for good`}
        lead={t`Somebody leaves, somebody starts, or one of you has too much. What it does to each caseload is shown before it is done.`}
        actions={
          <Link to="/cover">
            <Trans>Cover and caseloads</Trans>
          </Link>
        }
      />
      <Suspense fallback={<Skeleton lines={10} />}>
        <Share
          key={from}
          from={from}
          onFrom={(next) => setSearch(new URLSearchParams({ from: next }), { replace: true })}
        />
      </Suspense>
    </div>
  )
}

type Props = Readonly<{ from: string; onFrom: (from: string) => void }>
type Typed = Readonly<{ batch: string; reason: string; to: Readonly<Record<string, string>> }>

const labelOf = ({ who, role }: Shared['colleagues'][number]) =>
  [who.name, role].filter(Boolean).join(', ')

function Share({ from, onFrom }: Props) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(weightsQuery(from))
  const [fresh] = useState<Typed>(() => ({ batch: crypto.randomUUID(), reason: '', to: {} }))
  const [typed, setTyped, clear] = useDraft<Typed>(`share-${from}`, fresh)
  const [tried, setTried] = useState(false)
  const saving = useAsyncAction()
  const whose = `Practitioner/${from}`
  const moves = data.people.flatMap(({ id, weight }) => {
    const to = typed.to[id]
    return to ? [{ id, weight, from: whose, to }] : []
  })
  const after = caseloadsAfter(
    data.colleagues.map(({ who, people, weight }) => ({ who: who.reference, people, weight })),
    moves,
  )
  const faults = { reason: typed.reason.trim().length < 3, people: moves.length === 0 }
  const save = async () => {
    setTried(true)
    if (faults.reason || faults.people) return
    const people = moves.map(({ id, to }) => ({ id, to: idIn(to) }))
    const { batch, reason } = typed
    if (!(await saving.run(() => handOverPeople({ batch, from, reason, people })))) return
    clear()
    setTried(false)
    setTyped({ batch: crypto.randomUUID(), reason: '', to: {} })
    toast(<Trans>Handed over</Trans>, () => takePeopleBack(batch))
  }
  return (
    <>
      <SelectField
        label={t`Whose people`}
        value={whose}
        options={data.colleagues.map((each) => ({
          value: each.who.reference,
          label: labelOf(each),
        }))}
        onChange={(next) => onFrom(idIn(next))}
      />
      <ShareTable colleagues={data.colleagues} after={after} isChanged={moves.length > 0} />
      <Recent recent={data.recent} />
      {data.people.length === 0 ? <EmptyState title={t`Nobody to hand over`} /> : null}
      {data.people.length > 0 ? (
        <CheckedForm onSubmit={save}>
          <People
            {...{ data, whose, to: typed.to }}
            onChange={(to) => setTyped({ ...typed, to })}
            error={
              tried && faults.people ? t`Choose for at least one person who takes them over` : ''
            }
          />
          <TextArea
            label={t`Why`}
            hint={t`The people can read it. Up to ${longestAnswerWords} characters.`}
            rows={2}
            maxLength={longestAnswerWords}
            value={typed.reason}
            onChange={(reason) => setTyped({ ...typed, reason })}
            error={tried && faults.reason ? t`Say why, in a few words` : undefined}
          />
          <RefusedWords failure={saving.failure} />
          <Button type="submit" pending={saving.pending}>
            {moves.length === 0 ? (
              <Trans>Hand over</Trans>
            ) : (
              <Plural value={moves.length} one="Hand # person over" other="Hand # people over" />
            )}
          </Button>
        </CheckedForm>
      ) : null}
    </>
  )
}

type PeopleProps = Readonly<{
  data: Shared
  whose: string
  to: Typed['to']
  onChange: (to: Typed['to']) => void
  error: string
}>

/** Each person with what they count, and who takes them over. */
function People({ data, whose, to, onChange, error }: PeopleProps) {
  const { t } = useLingui()
  const options = [
    { value: '', label: t`Stays` },
    ...data.colleagues
      .filter(({ who, awayUntil }) => who.reference !== whose && !awayUntil)
      .map((each) => ({ value: each.who.reference, label: labelOf(each) })),
  ]
  const setAll = (target: string) =>
    onChange(Object.fromEntries(data.people.map(({ id }) => [id, target])))
  return (
    <>
      <SelectField
        label={t`Everybody to`}
        hint={t`Or choose for each person below.`}
        value=""
        options={[{ value: '', label: t`Choose a colleague` }, ...options.slice(1)]}
        onChange={setAll}
      />
      <div className="cover-people">
        {data.people.map(({ id, family, given, weight, inputs }) => {
          const name = [family.toLocaleUpperCase(), given].filter(Boolean).join(', ')
          return (
            <SelectField
              key={id}
              label={name}
              hint={<WeightWords weight={weight} inputs={inputs} />}
              value={to[id] ?? ''}
              options={options}
              onChange={(target) => onChange({ ...to, [id]: target })}
              error={error === '' || id !== data.people[0]?.id ? undefined : error}
            />
          )
        })}
      </div>
    </>
  )
}

function Recent({ recent }: Readonly<{ recent: Shared['recent'] }>) {
  return recent.map(({ batch, people, from, at }) => (
    <p key={batch}>
      <Plural value={people} one="# person" other="# people" />{' '}
      <Trans>
        of <bdi>{from}</bdi> handed over, <DateText date={at} withTime />
      </Trans>{' '}
      <ConfirmAction
        verb={<Trans>Take it back</Trans>}
        variant="link"
        title={<Trans>Take it back?</Trans>}
        yes={<Trans>Yes, take it back</Trans>}
        no={<Trans>No</Trans>}
        run={() => takePeopleBack(batch)}
        done={() => toast(<Trans>Taken back</Trans>)}
        failed={<Trans>Not done</Trans>}
      >
        <p>
          <Trans>Each of them has the coordinator of before again.</Trans>
        </p>
      </ConfirmAction>
    </p>
  ))
}
