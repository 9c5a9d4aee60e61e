import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { endOpenWork } from '#client/queries/care-plan/end-open-work.ts'
import { doDeed, tasksQuery } from '#client/queries/coordination/tasks.ts'
import type { OpenWork } from '#domain/case/closing.ts'
import { type ReadingKind, readingKinds } from '#domain/reading/reading.ts'
import type { CareTask } from '#domain/task/task.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** What prevents closing a case, each with the way to end it. */
export function OpenItems({
  open,
  person,
  died,
}: Readonly<{ open: readonly OpenWork[]; person: string; died: boolean }>) {
  const { data: tasks } = useSuspenseQuery(tasksQuery(person))
  const words = useReadingLabels()
  const { t } = useLingui()
  const idsOf = (found: readonly CareTask[]) => found.map(({ id }) => id)
  const kept = idsOf(tasks.filter(({ isHandOver, isAfterDeath }) => isHandOver || isAfterDeath))
  const ending = open.filter(({ kind, id }) => kind !== 'safety' && !kept.includes(id))
  const forOthers = idsOf(tasks.filter(({ isAfterDeath }) => isAfterDeath))
  const groups = [
    open.filter(({ id }) => !forOthers.includes(id)),
    open.filter(({ id }) => forOthers.includes(id)),
  ]
  const nameOf = ({ kind, what }: OpenWork) =>
    kind === 'reading'
      ? t`${words.name(kindOf(what))}: readings nobody has dealt with`
      : what || t`No name given`
  return (
    <>
      <p>
        <Trans>It cannot be closed yet. Someone may be waiting for what is still open:</Trans>
      </p>
      {groups.map((group, place) =>
        group.length > 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: there are always these two
          <div key={place}>
            {place === 1 ? (
              <h4>
                <Trans>Still to do for those who are left</Trans>
              </h4>
            ) : null}
            <ul className="gable-list">
              {group.map((work) => {
                const task = tasks.find((each) => each.id === work.id)
                return (
                  <li key={work.kind + work.id}>
                    {task ? (
                      <OpenTask task={task} />
                    ) : (
                      <OpenElsewhere work={work} person={person} />
                    )}
                  </li>
                )
              })}
            </ul>
          </div>
        ) : null,
      )}
      {died && ending.length > 0 ? <EndAll person={person} names={ending.map(nameOf)} /> : null}
    </>
  )
}

function OpenElsewhere({ work, person }: Readonly<{ work: OpenWork; person: string }>) {
  const words = useReadingLabels()
  const root = `/people/${person}`
  switch (work.kind) {
    case 'safety':
      return (
        <Link to={`${root}/assessments`}>
          <Trans>A safety concern nobody has closed</Trans>
        </Link>
      )
    case 'reading':
      return (
        <Link to={`${root}/readings?kind=${work.what}`}>
          <Trans>{words.name(kindOf(work.what))}: readings nobody has dealt with</Trans>
        </Link>
      )
    default:
      return (
        <>
          <Link to={`${root}/tasks`}>{work.what || <Trans>No name given</Trans>}</Link>{' '}
          <span className="gable-meta">
            {work.kind === 'referral' ? <Trans>A referral</Trans> : <Trans>A task</Trans>}
          </span>
        </>
      )
  }
}

const kindOf = (kind: string): ReadingKind => readingKinds.find((each) => each === kind) ?? 'weight'

async function act(task: CareTask, kind: 'do' | 'cancel', words: string): Promise<void> {
  await doDeed(task, { kind, words })
}

function OpenTask({ task }: { task: CareTask }) {
  const { t } = useLingui()
  return (
    <>
      <p>
        {task.what}
        <span className="gable-meta">
          {' '}
          {task.owner?.name ?? <Trans>Nobody yet</Trans>}
          {task.dueOn ? (
            <>
              , <Trans>by</Trans> <DateText date={task.dueOn} />
            </>
          ) : null}
        </span>
      </p>
      <ReasonButton
        draft={`done-${task.id}`}
        verb={<Trans>Mark as done</Trans>}
        spoken={t`Mark as done: ${task.what}`}
        title={task.what}
        label={t`What was the outcome?`}
        run={(words) => act(task, 'do', words)}
      />{' '}
      <ReasonButton
        draft={`stop-${task.id}`}
        verb={<Trans>Stop it</Trans>}
        spoken={t`Stop it: ${task.what}`}
        variant="link"
        title={task.what}
        label={t`Why it is no longer needed`}
        run={(words) => act(task, 'cancel', words)}
      />
    </>
  )
}

/** After a death: everything that nobody needs any more ends in one step, with one reason. */
function EndAll({ person, names }: Readonly<{ person: string; names: readonly string[] }>) {
  const { t } = useLingui()
  return (
    <ReasonButton
      draft={`end-all-${person}`}
      verb={<Trans>End what is no longer needed</Trans>}
      variant="danger"
      title={<Plural value={names.length} one="End this?" other="End these #?" />}
      label={t`Why, in one sentence. It is saved with each of them`}
      run={(words) => endOpenWork(person, words)}
      done={() => toast(<Trans>Ended.</Trans>)}
    >
      <p>
        <Trans>
          The people who promised these will not be reminded again. You cannot undo this: nothing
          new can be promised to someone who has died.
        </Trans>
      </p>
      <ul className="gable-list">
        {names.map((name, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same words
          <li key={place}>{name}</li>
        ))}
      </ul>
    </ReasonButton>
  )
}
