import { Trans, useLingui } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { doDeed } from '#client/queries/coordination/tasks.ts'
import { takeToday } from '#client/queries/monitoring/today.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { TaskActionNotPossible } from '#domain/task/task.ts'
import type { TodayItem } from '#domain/today/today.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'

/** These rows say already who calls. */
const saysWho: readonly TodayItem['kind'][] = ['home', 'admitted', 'promise']

/** Each line has one owner, or says that it has none and can be taken. */
export function TodayWhose({ item }: Readonly<{ item: TodayItem }>) {
  const { t } = useLingui()
  const work = useAsyncAction()
  const { whose, isTaken, person } = item
  const isMine = whose?.reference === whoAmI(person).reference
  if (isMine && !isTaken) return null
  const give = () =>
    work.run(async () => {
      await takeToday(item, true)
      toast(<Trans>Given back</Trans>)
    })
  return (
    <>
      <p className="gable-meta today-whose">
        {whose ? (
          <Owner item={item} isMine={isMine} />
        ) : (
          <>
            {saysWho.includes(item.kind) ? null : <Trans>Nobody yet</Trans>}{' '}
            <Button
              variant="link"
              pending={work.pending}
              onClick={() => void work.run(() => take(item))}
            >
              {t`Take it`}
            </Button>
          </>
        )}{' '}
        {isMine ? (
          <Button variant="link" pending={work.pending} onClick={() => void give()}>
            {t`Give it back`}
          </Button>
        ) : null}
      </p>
      <Problem failure={work.failure} />
    </>
  )
}

function Owner({ item: { whose, kind }, isMine }: Readonly<{ item: TodayItem; isMine: boolean }>) {
  if (isMine) return <Trans>You took this</Trans>
  return saysWho.includes(kind) ? null : <Trans>{whose?.name} does this</Trans>
}

/** A task is taken itself; for any other line it is said who looks after it. */
async function take(item: TodayItem): Promise<void> {
  const isTask = item.kind === 'task' || item.kind === 'promise'
  if (isTask) {
    const id = item.reference.slice('Task/'.length)
    toast(<Trans>Yours now</Trans>, await doDeed({ id, person: item.person }, { kind: 'take' }))
    return
  }
  await takeToday(item)
  toast(<Trans>Yours now</Trans>, () => takeToday(item, true))
}

function Problem({ failure }: Readonly<{ failure: unknown }>) {
  if (!failure) return null
  return (
    <Notice tone="warning" title={<Trans>Not done</Trans>}>
      <p>
        <Words failure={failure} />
      </p>
    </Notice>
  )
}

function Words({ failure }: Readonly<{ failure: unknown }>) {
  if (failure instanceof TaskActionNotPossible)
    return <Trans>Someone else was first. {failure.owner} has it now.</Trans>
  if (failure instanceof FhirError && failure.status === 409) return <>{failure.message}.</>
  if (failure instanceof FhirError && failure.kind === 'forbidden')
    return <Trans>You are not allowed to do this here.</Trans>
  return <Trans>We could not reach the service. Try again.</Trans>
}
