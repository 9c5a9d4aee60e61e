import { Plural, Trans } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import type { ReferralState } from '#domain/referral/referral.ts'
import { type CareTask, isTaskOverdue, type TaskState } from '#domain/task/task.ts'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'

export function TaskStateLabels({ state }: { state: TaskState }) {
  switch (state) {
    case 'requested':
      return <Trans>Asked, not accepted yet</Trans>
    case 'accepted':
      return <Trans>Accepted</Trans>
    case 'in-progress':
      return <Trans>Started</Trans>
    case 'completed':
      return <Trans>Done</Trans>
    case 'rejected':
      return <Trans>Refused</Trans>
    case 'cancelled':
      return <Trans>No longer needed</Trans>
  }
}

export function ReferralStateLabels({ state }: { state: ReferralState }) {
  switch (state) {
    case 'sent':
      return <Trans>Sent, not answered yet</Trans>
    case 'received':
      return <Trans>Received</Trans>
    case 'accepted':
      return <Trans>Accepted</Trans>
    case 'waiting':
      return <Trans>On the waiting list</Trans>
    case 'seen':
      return <Trans>Has been seen</Trans>
    case 'returned':
      return <Trans>Sent back, something is missing</Trans>
    case 'signposted':
      return <Trans>Pointed to other help</Trans>
    case 'refused':
      return <Trans>Refused</Trans>
    case 'closed':
      return <Trans>Done</Trans>
    case 'withdrawn':
      return <Trans>Withdrawn</Trans>
  }
}

const taskMarks: Readonly<Record<TaskState, MarkState>> = {
  ...{ requested: 'new', accepted: 'writing', 'in-progress': 'writing' },
  ...{ completed: 'agreed', rejected: 'failed', cancelled: 'missing' },
}
const referralMarks: Readonly<Record<ReferralState, MarkState>> = {
  ...{ sent: 'new', received: 'new', accepted: 'writing', waiting: 'due', seen: 'writing' },
  ...{ signposted: 'agreed', refused: 'failed', returned: 'failed' },
  ...{ closed: 'agreed', withdrawn: 'missing' },
}

/** The state of a task: late first, because that has to be seen. */
export function TaskMark({ task }: { task: CareTask }) {
  if (isTaskOverdue(task, clockToday()) && task.dueOn)
    return (
      <StateMark state="due">
        <Plural
          value={daysBetween(task.dueOn, clockToday())}
          one="# day late"
          other="# days late"
        />
      </StateMark>
    )
  return (
    <StateMark state={taskMarks[task.state]}>
      <TaskStateLabels state={task.state} />
    </StateMark>
  )
}

export function ReferralMark({ state }: { state: ReferralState }) {
  return (
    <StateMark state={referralMarks[state]}>
      <ReferralStateLabels state={state} />
    </StateMark>
  )
}
