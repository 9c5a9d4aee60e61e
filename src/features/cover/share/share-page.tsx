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
import { RefusedWords } from '#features/cover/refused-words.tsx'
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
import { DraftPack } from './draft-pack.tsx'
import { labelOfColleague } from './label-of-colleague.ts'
import { SharePeople } from './share-people.tsx'
import { ShareTable } from './share-table.tsx'
import { SuggestedShare } from './suggested-share.tsx'
import '#features/cover/cover.css'

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
type Typed = Readonly<{
  batch: string
  reason: string
  to: Readonly<Record<string, string>>
  words: Readonly<Record<string, string>>
}>

const nothing = (): Typed => ({ batch: crypto.randomUUID(), reason: '', to: {}, words: {} })

function Share({ from, onFrom }: Props) {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(weightsQuery(from))
  const [fresh] = useState<Typed>(nothing)
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
    const people = moves.map(({ id, to }) => {
      const words = typed.words?.[id]?.trim() ?? ''
      return { id, to: idIn(to), ...(words ? { words } : {}) }
    })
    const { batch, reason } = typed
    if (!(await saving.run(() => handOverPeople({ batch, from, reason, people })))) return
    clear()
    setTried(false)
    setTyped(nothing())
    toast(<Trans>Handed over</Trans>, () => takePeopleBack(batch))
  }
  return (
    <>
      <SelectField
        label={t`Whose people`}
        value={whose}
        options={data.colleagues.map((each) => ({
          value: each.who.reference,
          label: labelOfColleague(each),
        }))}
        onChange={(next) => onFrom(idIn(next))}
      />
      <ShareTable colleagues={data.colleagues} after={after} isChanged={moves.length > 0} />
      <Recent recent={data.recent} />
      {data.people.length === 0 ? <EmptyState title={t`Nobody to hand over`} /> : null}
      {data.people.length > 0 ? (
        <ShareForm
          {...{ data, from, typed, setTyped, saving }}
          moved={moves.map(({ id }) => id)}
          faults={tried ? faults : noFaults}
          onSave={save}
        />
      ) : null}
    </>
  )
}

const noFaults = { reason: false, people: false }

type FormProps = Readonly<{
  data: Shared
  from: string
  typed: Typed
  setTyped: (typed: Typed) => void
  saving: ReturnType<typeof useAsyncAction>
  moved: readonly string[]
  faults: typeof noFaults
  onSave: () => Promise<void>
}>

function ShareForm({ data, from, typed, setTyped, saving, moved, faults, onSave }: FormProps) {
  const { t } = useLingui()
  return (
    <CheckedForm onSubmit={onSave}>
      <SuggestedShare
        {...{ data, whose: `Practitioner/${from}` }}
        onSuggest={(to) => setTyped({ ...typed, to })}
      />
      <SharePeople
        {...{ data, whose: `Practitioner/${from}`, to: typed.to }}
        onChange={(to) => setTyped({ ...typed, to })}
        error={faults.people ? t`Choose for at least one person who takes them over` : ''}
      />
      {moved.length > 0 ? (
        <DraftPack
          from={from}
          people={moved}
          words={typed.words ?? {}}
          onWords={(words) => setTyped({ ...typed, words })}
        />
      ) : null}
      <TextArea
        label={t`Why`}
        hint={t`The people can read it. Up to ${longestAnswerWords} characters.`}
        rows={2}
        maxLength={longestAnswerWords}
        value={typed.reason}
        onChange={(reason) => setTyped({ ...typed, reason })}
        error={faults.reason ? t`Say why, in a few words` : undefined}
      />
      <RefusedWords failure={saving.failure} />
      <Button type="submit" pending={saving.pending}>
        {moved.length === 0 ? (
          <Trans>Hand over</Trans>
        ) : (
          <Plural value={moved.length} one="Hand # person over" other="Hand # people over" />
        )}
      </Button>
    </CheckedForm>
  )
}

function Recent({ recent }: Readonly<{ recent: Shared['recent'] }>) {
  return recent.map(({ batch, people, from, at }) => (
    <p key={batch}>
      <Plural value={people} one="# person" other="# people" />{' '}
      <Trans>
        of <bdi>{from}</bdi> handed over, <DateText date={at} withTime />
      </Trans>{' '}
      <Link to={`/cover/handed/${batch}`}>
        <Trans>What they should know</Trans>
      </Link>{' '}
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
